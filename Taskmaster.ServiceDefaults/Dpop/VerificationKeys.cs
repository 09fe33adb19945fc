namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>
/// Keys that were used last. A client signs every request with the same key, and making a P-256 key of its two numbers takes twice
/// as long as verifying with it. A key is taken out while it is used, because .NET's are not made for two threads.
/// </summary>
internal sealed class VerificationKeys
{
    private const int Places = 256;

    private readonly Kept?[] _places = new Kept?[Places];

    /// <exception cref="System.Security.Cryptography.CryptographicException">The numbers are no key.</exception>
    public bool Verifies(PublicJwk jwk, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        ref var place = ref _places[(jwk.Thumbprint[0] << 6 ^ jwk.Thumbprint[1]) % Places];
        var kept = Interlocked.Exchange(ref place, null);
        if (kept?.Thumbprint != jwk.Thumbprint)
        {
            kept?.Key.Dispose();
            kept = new(jwk.Thumbprint, VerificationKey.Import(jwk));
        }

        try
        {
            return kept.Key.Verifies(signed, signature);
        }
        finally
        {
            Interlocked.Exchange(ref place, kept)?.Key.Dispose();
        }
    }

    private sealed record Kept(string Thumbprint, VerificationKey Key);
}
