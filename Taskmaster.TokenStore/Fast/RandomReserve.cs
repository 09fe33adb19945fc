using System.Security.Cryptography;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// Random bytes of <see cref="RandomNumberGenerator"/>, fetched many at a time: a call costs as much for 32 bytes as for a
/// thousand. Each byte is given out once and wiped here as it is.
/// </summary>
internal static class RandomReserve
{
    private const int Size = 1024;

    [ThreadStatic]
    private static byte[]? _reserve;

    [ThreadStatic]
    private static int _left;

    /// <param name="bytes">At most 1024, to be filled.</param>
    public static void Fill(Span<byte> bytes)
    {
        // Pinned, so that the garbage collector leaves no copies behind.
        var own = _reserve ??= GC.AllocateUninitializedArray<byte>(Size, pinned: true);
        if (_left < bytes.Length)
        {
            RandomNumberGenerator.Fill(own);
            _left = Size;
        }

        var given = own.AsSpan(_left - bytes.Length, bytes.Length);
        given.CopyTo(bytes);
        CryptographicOperations.ZeroMemory(given);
        _left -= bytes.Length;
    }
}
