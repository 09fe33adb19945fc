using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Taskmaster.Benchmarks.Sides.Floor;

/// <summary>An id_token by hand: a header that is always the same, the claims, and one signature by an RSA key of 2048 bits.</summary>
internal sealed class FloorIdTokens
{
    private const int KeyBits = 2048;
    private const int LifetimeSeconds = 3600;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","kid":"floor","typ":"JWT"}"""u8);

    private readonly RSA _key = RSA.Create(KeyBits);

    public string Sign(FloorEntry entry, string accessToken)
    {
        var signed = $"{Header}.{Base64Url.EncodeToString(Claims(entry, accessToken))}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static ReadOnlySpan<byte> Claims(FloorEntry entry, string accessToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(accessToken));
        var claims = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(claims);
        json.WriteStartObject();
        json.WriteString("iss", "http://127.0.0.1");
        json.WriteString("sub", entry.Owner);
        json.WriteString("aud", ClientAccount.Fixed.ClientId);
        json.WriteString("azp", ClientAccount.Fixed.ClientId);
        json.WriteNumber("iat", now);
        json.WriteNumber("exp", now + LifetimeSeconds);
        json.WriteString("nonce", entry.Nonce);
        json.WriteString("name", "Alice");
        json.WriteString("email", "alice@example.com");
        json.WriteBoolean("email_verified", true);
        json.WriteString("at_hash", Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2)));
        json.WriteEndObject();
        json.Flush();
        return claims.WrittenSpan;
    }
}
