using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.ServiceDefaults.KeyRing;

/// <summary>
/// Encrypts the keys Taskmaster keeps in Postgres (Data Protection keys, signing keys) with AES-256-GCM under a key
/// the host provides, so that a copy of the database alone can neither forge nor read a token.
/// </summary>
public sealed class KeyEncryption
{
    /// <summary>Shorter secrets are refused: 22 characters of the host's generator carry 128 bits.</summary>
    public const int MinimumSecretLength = 22;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _secret;
    private readonly byte[]? _previous;

    /// <param name="secret">The host's secret, setting <c>KeyRing:EncryptionKey</c>. Losing it loses every key encrypted with it.</param>
    /// <param name="previous">
    /// The one before, setting <c>KeyRing:PreviousEncryptionKey</c>, while keys that it encrypted are stored. It encrypts nothing
    /// any more.
    /// </param>
    public KeyEncryption(string? secret, string? previous = null)
    {
        if (secret is not { Length: >= MinimumSecretLength })
        {
            throw new InvalidOperationException(
                $"The setting KeyRing:EncryptionKey must be a secret of at least {MinimumSecretLength} characters; "
                + "without it stored keys cannot be read.");
        }

        _secret = Encoding.UTF8.GetBytes(secret);
        _previous = string.IsNullOrEmpty(previous) ? null : Encoding.UTF8.GetBytes(previous);
    }

    /// <summary>Encrypts <paramref name="plaintext"/>; <paramref name="purpose"/> must be given again to decrypt.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, string purpose)
    {
        var result = new byte[NonceLength + plaintext.Length + TagLength];
        var nonce = result.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(KeyFor(_secret, purpose), TagLength);
        aes.Encrypt(nonce, plaintext, result.AsSpan(NonceLength, plaintext.Length), result.AsSpan(NonceLength + plaintext.Length));
        return result;
    }

    /// <exception cref="CryptographicException">The bytes were changed, or encrypted under another secret or purpose.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> encrypted, string purpose)
    {
        if (encrypted.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The encrypted key is truncated.");
        }

        try
        {
            return Decrypt(encrypted, KeyFor(_secret, purpose));
        }
        catch (AuthenticationTagMismatchException) when (_previous is not null)
        {
            return Decrypt(encrypted, KeyFor(_previous, purpose));
        }
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> encrypted, byte[] key)
    {
        var plaintext = new byte[encrypted.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(encrypted[..NonceLength], encrypted[NonceLength..^TagLength], encrypted[^TagLength..], plaintext);
        return plaintext;
    }

    private static byte[] KeyFor(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, outputLength: 32, info: Encoding.UTF8.GetBytes(purpose));
}
