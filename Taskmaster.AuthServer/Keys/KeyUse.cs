namespace Taskmaster.AuthServer.Keys;

internal enum KeyUse
{
    /// <summary>RSA, signs id_tokens; its public half is in the JWKS.</summary>
    Signing,

    /// <summary>256 bits, for the JWTs OpenIddict encrypts to itself.</summary>
    Encryption,
}
