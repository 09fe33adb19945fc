using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Taskmaster.TokenStore.Format;

/// <summary>Writes what no script needs to know. Ids and payloads take their binary size, not that of their text.</summary>
internal sealed class TokenBodyWriter
{
    /// <summary>Lengths are written plus two, so that these can stand for "none" and "the 16 bytes of a UUID".</summary>
    public const int None = 0;
    public const int Uuid = 1;
    public const int FirstLength = 2;

    /// <summary>What the bearer has: the payload itself, or a reference to it.</summary>
    public const byte HeldByBearer = (byte)'p';
    public const byte HeldByReference = (byte)'r';

    /// <summary>What a payload's first byte says: base64url, kept decoded, or text as it is.</summary>
    public const byte Base64UrlPayload = (byte)'b';
    public const byte TextPayload = (byte)'t';

    private const int DatesSize = 2 * sizeof(long);

    private readonly ArrayBufferWriter<byte> _buffer = new(512);

    public int WrittenCount => _buffer.WrittenCount;

    public ReadOnlySpan<byte> WrittenSpan => _buffer.WrittenSpan;

    public void Write(RedisToken token)
    {
        WriteDates(_buffer.GetSpan(DatesSize), token.CreationDate, token.ExpirationDate);
        _buffer.Advance(DatesSize);
        Write(token.Subject);
        Write(token.ApplicationId);
        Write(token.AuthorizationId);
        Write(TokenCodes.Type(token.Type) == TokenCodes.OtherType ? token.Type : null);
        // The key is the reference's hash and usually the id, too; only a token reached by a user code has another.
        _buffer.Write([token.ReferenceId is null ? HeldByBearer : HeldByReference]);
        Write(token.Id == token.Location.ToString() ? null : token.Id);
        Write(token.Properties.IsEmpty ? null : JsonSerializer.Serialize(token.Properties));
        WritePayload(token);
    }

    /// <summary>Dates come first, where they can be changed in a body that was written.</summary>
    public static void WriteDates(Span<byte> body, DateTimeOffset? created, DateTimeOffset? expires)
    {
        BinaryPrimitives.WriteInt64BigEndian(body, created?.UtcTicks ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(body[(DatesSize / 2)..], expires?.UtcTicks ?? 0);
    }

    private void Write(string? text)
    {
        if (text is null)
        {
            WriteNumber(None);
        }
        else if (Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text)
        {
            WriteNumber(Uuid);
            id.TryWriteBytes(_buffer.GetSpan(16));
            _buffer.Advance(16);
        }
        else
        {
            WriteNumber(Encoding.UTF8.GetByteCount(text) + FirstLength);
            Encoding.UTF8.GetBytes(text, _buffer);
        }
    }

    private void WritePayload(RedisToken token)
    {
        if (token.PayloadBytes is { } decoded)
        {
            _buffer.Write([Base64UrlPayload]);
            _buffer.Write(decoded);
            return;
        }

        if (token.Payload is not { } payload)
        {
            return;
        }

        // Data Protection payloads are base64url: a third of their text is saved. Anything else (a JWT) stays text.
        var bytes = new byte[Base64Url.GetMaxDecodedLength(payload.Length)];
        if (Base64UrlText.TryDecode(payload, bytes, out var written) && Base64Url.EncodeToString(bytes.AsSpan(0, written)) == payload)
        {
            _buffer.Write([Base64UrlPayload]);
            _buffer.Write(bytes.AsSpan(0, written));
        }
        else
        {
            _buffer.Write([TextPayload]);
            Encoding.UTF8.GetBytes(payload, _buffer);
        }
    }

    /// <summary>Seven bits a byte, lowest first; the high bit says that another follows.</summary>
    private void WriteNumber(int number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            _buffer.Write([(byte)(number | 0x80)]);
        }

        _buffer.Write([(byte)number]);
    }
}
