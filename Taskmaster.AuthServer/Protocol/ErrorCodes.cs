namespace Taskmaster.AuthServer.Protocol;

/// <summary>The values of <c>error</c> for which OpenIddict has no constant.</summary>
internal static class ErrorCodes
{
    /// <summary>RFC 7591 §3.2.2: a redirect URI that a client cannot be registered with.</summary>
    public const string InvalidRedirectUri = "invalid_redirect_uri";

    /// <summary>RFC 7591 §3.2.2: any other metadata that a client cannot be registered with.</summary>
    public const string InvalidClientMetadata = "invalid_client_metadata";

    /// <summary>OpenID Connect Core Error Code unmet_authentication_requirements 1.0 §2.</summary>
    public const string UnmetAuthenticationRequirements = "unmet_authentication_requirements";

    /// <summary>A code of Taskmaster's own for the status 429 (RFC 6585 §4), for which OAuth has none.</summary>
    public const string TooManyRequests = "too_many_requests";
}
