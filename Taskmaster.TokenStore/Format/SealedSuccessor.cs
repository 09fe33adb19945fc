using System.Security.Cryptography;
using System.Text;

namespace Taskmaster.TokenStore.Format;

/// <summary>
/// A refresh token's successor, sealed so that only the holder of the old one can open it. It lets a client that lost
/// the answer, or asked twice at once, be given the same successor again, while Redis never holds it in clear.
/// </summary>
internal static class SealedSuccessor
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Seal(string successor, string reference)
    {
        var size = Encoding.ASCII.GetByteCount(successor);
        var sealedBytes = new byte[NonceSize + size + TagSize];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(Key(reference), TagSize);
        aes.Encrypt(nonce, Encoding.ASCII.GetBytes(successor), sealedBytes.AsSpan(NonceSize, size), sealedBytes.AsSpan(^TagSize..));
        return sealedBytes;
    }

    /// <exception cref="AuthenticationTagMismatchException">It was not sealed for this reference.</exception>
    public static string Open(ReadOnlySpan<byte> sealedBytes, string reference)
    {
        var successor = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Key(reference), TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[NonceSize..^TagSize], sealedBytes[^TagSize..], successor);
        return Encoding.ASCII.GetString(successor);
    }

    private static byte[] Key(string reference) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(reference), 32, info: "successor"u8.ToArray());
}
