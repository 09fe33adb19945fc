namespace Taskmaster.AuthServer.Token;

/// <summary>How a user has signed in, as the claim <c>acr</c> says it (OpenID Connect Core §2).</summary>
internal static class AuthenticationContext
{
    /// <summary>The one way there is. A name that others know, of the SAML 2.0 authentication contexts, and not one of our own.</summary>
    public const string Password = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
}
