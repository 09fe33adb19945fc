using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>
/// The nonces that a proof must have one of (RFC 9449 §8), so that nobody can make proofs today for next week. A nonce is the
/// time it was made, sealed with the key ring that all services and replicas share: nothing is stored, and what one of them
/// gave out is good at the others. Clients keep one nonce for each origin, and all services have the same.
/// </summary>
public sealed class DpopNonces(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>After that a client is given a new one.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    /// <summary>So long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // How far ahead the clock of the replica may be that made the nonce.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    // A sealed time has 96 characters; what is longer than this is none.
    private const int LongestNonce = 200;

    private readonly IDataProtector _protector = protection.CreateProtector("Taskmaster.Dpop.Nonce");
    private Made? _current;

    /// <summary>The nonce of now.</summary>
    public string Current()
    {
        var now = clock.GetUtcNow();
        var current = Volatile.Read(ref _current);
        if (current is null || (now - current.At).Duration() >= Renewal)
        {
            Span<byte> time = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(time, now.ToUnixTimeSeconds());
            current = new(Base64Url.EncodeToString(_protector.Protect(time.ToArray())), now);
            Volatile.Write(ref _current, current);
        }

        return current.Nonce;
    }

    /// <summary>How long ago a nonce was made; null for what is no nonce of ours, and for one that is good no more.</summary>
    public TimeSpan? AgeOf(string nonce)
    {
        ArgumentNullException.ThrowIfNull(nonce);

        var now = clock.GetUtcNow();
        if (Volatile.Read(ref _current) is { } current && current.Nonce == nonce)
        {
            return now - current.At is var same && same < Lifetime ? same : null;
        }

        if (nonce.Length > LongestNonce || !Base64Url.IsValid(nonce))
        {
            return null;
        }

        try
        {
            var made = DateTimeOffset.FromUnixTimeSeconds(
                BinaryPrimitives.ReadInt64BigEndian(_protector.Unprotect(Base64Url.DecodeFromChars(nonce))));
            var age = now - made;
            return age < Lifetime && age > -ClockSkew ? age : null;
        }
        catch (CryptographicException)
        {
            // Made up, or sealed with a key that is gone.
            return null;
        }
    }

    private sealed record Made(string Nonce, DateTimeOffset At);
}
