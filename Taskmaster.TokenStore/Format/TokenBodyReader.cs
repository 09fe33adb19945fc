using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Taskmaster.TokenStore.Format;

/// <summary>Reads what <see cref="TokenBodyWriter"/> wrote.</summary>
internal ref struct TokenBodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <exception cref="FormatException">The body is not one that the writer made.</exception>
    public void ReadTo(RedisToken token)
    {
        token.CreationDate = ReadDate();
        token.ExpirationDate = ReadDate();
        token.Subject = ReadText();
        token.ApplicationId = ReadText();
        token.AuthorizationId = ReadText();
        token.Type = ReadText();
        token.ReferenceId = Take(1)[0] == TokenBodyWriter.HeldByReference ? token.Location.ToString() : null;
        token.Id = ReadText() ?? token.Location.ToString();
        token.Properties = ReadText() is { } json ? ReadProperties(json) : ImmutableDictionary<string, JsonElement>.Empty;
        ReadPayloadTo(token);
    }

    private static ImmutableDictionary<string, JsonElement> ReadProperties(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ImmutableDictionary<string, JsonElement>>(json)
                ?? throw new FormatException("The token's properties are null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("The token's properties are not JSON.", exception);
        }
    }

    private DateTimeOffset? ReadDate()
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(Take(8));
        return ticks == 0 ? null
            : ticks > 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new FormatException("The token's date is out of range.");
    }

    private string? ReadText() => ReadNumber() switch
    {
        TokenBodyWriter.None => null,
        TokenBodyWriter.Uuid => new Guid(Take(16)).ToString("D"),
        var length => Encoding.UTF8.GetString(Take(length - TokenBodyWriter.FirstLength)),
    };

    private readonly void ReadPayloadTo(RedisToken token)
    {
        switch (_rest)
        {
            case []:
                break;

            case [TokenBodyWriter.Base64UrlPayload, .. var bytes]:
                token.PayloadBytes = bytes.ToArray();
                break;

            case [TokenBodyWriter.TextPayload, .. var text]:
                token.Payload = Encoding.UTF8.GetString(text);
                break;

            default:
                throw new FormatException("The token's payload is of an unknown kind.");
        }
    }

    private int ReadNumber()
    {
        var number = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Take(1)[0];
            number |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new FormatException("A length in the token's body is too long.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("The token's body is cut off.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
