using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// The value of a token's key, version 1: a header of fixed places, which the scripts read and change (shared.lua), and a
/// body that only this class knows. A redeemed refresh token has its sealed successor behind the body.
/// </summary>
internal static class TokenValue
{
    public const int HeaderSize = 41;

    private const int BodySizeSize = 4;
    private const string NoTime = "0000000000000000";
    private const long FirstTime = 1_000_000_000_000_000;

    private static ReadOnlySpan<byte> Version => "T1"u8;

    /// <summary>Writes a token. A new one has no birth yet: the script that writes it puts it in.</summary>
    public static byte[] Write(RedisToken token)
    {
        var header = Header(token);
        var body = new TokenBodyWriter();
        body.Write(token);

        var value = new byte[HeaderSize + BodySizeSize + body.WrittenCount];
        Encoding.ASCII.GetBytes(header, value);
        BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(HeaderSize), body.WrittenCount);
        body.WrittenSpan.CopyTo(value.AsSpan(HeaderSize + BodySizeSize));
        return value;
    }

    /// <summary>
    /// Says in a new token's value how long Redis is to keep it, in milliseconds, in the place of its birth: one SET can
    /// write it then, and its birth follows from its expiry (shared.lua).
    /// </summary>
    public static void SetTimeToLive(Span<byte> value, long timeToLive) =>
        timeToLive.TryFormat(value[3..19], out _, "D16", CultureInfo.InvariantCulture);

    /// <summary>Whether a header's birth is a time, and not what <see cref="SetTimeToLive"/> wrote.</summary>
    public static bool IsTime(long birth) => birth >= FirstTime;

    /// <summary>Changes the dates in a value that was written.</summary>
    public static void SetDates(Span<byte> value, DateTimeOffset created, DateTimeOffset expires) =>
        TokenBodyWriter.WriteDates(value[(HeaderSize + BodySizeSize)..], created, expires);

    /// <exception cref="FormatException">The value is truncated, of another version, or not a token at all.</exception>
    public static RedisToken Read(ReadOnlySpan<byte> value, TokenLocation location)
    {
        if (value.Length < HeaderSize + BodySizeSize || !value.StartsWith(Version))
        {
            throw new FormatException("Not a token of format version 1.");
        }

        var header = value[..HeaderSize];
        var size = BinaryPrimitives.ReadInt32BigEndian(value[HeaderSize..]);
        var rest = value[(HeaderSize + BodySizeSize)..];
        var status = TokenCodes.Status((char)header[2]);
        var type = (char)header[36];

        if (size < 0 || rest.Length < size || (rest.Length > size && !(type == TokenCodes.RefreshToken && header[2] == 'r')))
        {
            throw new FormatException("The token's value is cut off, or something follows it.");
        }

        var token = new RedisToken
        {
            Location = location,
            Header = header.ToArray(),
            Birth = Time(header[3..19]),
            RedemptionDate = Time(header[19..35]) is > 0 and var us ? DateTimeOffset.UnixEpoch.AddMicroseconds(us) : null,
            Status = status,
        };
        new TokenBodyReader(rest[..size]).ReadTo(token);
        token.Type ??= TokenCodes.Type(type);
        return token;
    }

    private static string Header(RedisToken token)
    {
        var status = TokenCodes.Status(token.Status);
        var type = TokenCodes.Type(token.Type);

        if (token.Header is not { } read)
        {
            return $"T1{status}{NoTime}{NoTime}0{type}0000";
        }

        // Everything the scripts own stays as it was read; only OpenIddict's status and our revision move.
        var old = Encoding.ASCII.GetString(read);
        var revision = (ushort)(ushort.Parse(old.AsSpan(37, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1);
        return $"T1{status}{old[3..37]}{revision:x4}";
    }

    private static long Time(ReadOnlySpan<byte> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var us)
            ? us
            : throw new FormatException("The token's header holds no time where one belongs.");
}
