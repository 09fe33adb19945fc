using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.ServiceDefaults.Names;

/// <summary>
/// What an API key looks like. AuthServer makes them, the Tasks API takes them, and neither keeps more than the
/// SHA-256 hash: with 256 random bits there is nothing for a slow hash to protect.
/// </summary>
public static class ApiKeyFormat
{
    public const string Header = "x-api-key";

    /// <summary>Tells people, and scanners for leaked secrets, what was found.</summary>
    public const string Prefix = "tmk_";

    private const int RandomBytes = 32;

    /// <summary>Base64url without padding: 43 characters for the 32 bytes.</summary>
    private const int Length = 4 + 43;

    public static string Generate() =>
        Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Whether it could be a key, so that what plainly is none costs no look-up.</summary>
    public static bool Fits(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
