using System.Security.Cryptography;
using NSec.Cryptography;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>A key of a proof, ready to verify signatures. One request uses it at a time.</summary>
internal abstract class VerificationKey : IDisposable
{
    public abstract bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature);

    public abstract void Dispose();

    /// <exception cref="CryptographicException">The numbers are no key.</exception>
    public static VerificationKey Import(PublicJwk jwk) => jwk.KeyType switch
    {
        PublicJwk.EllipticCurve => new P256(jwk),
        PublicJwk.Rsa => new Rsa(jwk),
        _ => new Ed25519(jwk),
    };

    /// <summary>RFC 7518 §3.4: both numbers of the signature, 32 bytes each.</summary>
    private sealed class P256(PublicJwk jwk) : VerificationKey
    {
        private readonly ECDsa _key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = jwk.First, Y = jwk.Second },
        });

        public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
            signature.Length == 64
            && _key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        public override void Dispose() => _key.Dispose();
    }

    /// <summary>RFC 7518 §3.3.</summary>
    private sealed class Rsa(PublicJwk jwk) : VerificationKey
    {
        private readonly RSA _key = RSA.Create(new RSAParameters { Modulus = jwk.First, Exponent = jwk.Second });

        public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
            _key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        public override void Dispose() => _key.Dispose();
    }

    /// <summary>RFC 8037 §3.1. .NET 10 and Microsoft.IdentityModel do not have it: libsodium does.</summary>
    private sealed class Ed25519(PublicJwk jwk) : VerificationKey
    {
        private readonly PublicKey _key =
            PublicKey.TryImport(SignatureAlgorithm.Ed25519, jwk.First, KeyBlobFormat.RawPublicKey, out var key)
                ? key!
                : throw new CryptographicException("No point of Ed25519.");

        public override bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
            signature.Length == SignatureAlgorithm.Ed25519.SignatureSize
            && SignatureAlgorithm.Ed25519.Verify(_key, signed, signature);

        public override void Dispose()
        {
            // A public key has nothing to give back.
        }
    }
}
