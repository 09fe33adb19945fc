namespace Taskmaster.AuthServer.Keys;

internal enum KeyUse
{
    /// <summary>RSA, and beside it P-256: they sign id_tokens, and their public halves are in the JWKS.</summary>
    Signing,

    /// <summary>256 bits, for the JWTs OpenIddict encrypts to itself.</summary>
    Encryption,
}
