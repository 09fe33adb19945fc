using OpenIddict.Abstractions;

namespace Taskmaster.AuthServer.Token;

/// <summary>What a request says the token is to be for, read in one way everywhere.</summary>
internal static class RequestedTarget
{
    /// <summary>
    /// The values of <c>resource</c> (RFC 8707 §2), each once. One that is empty was not sent (RFC 6749 §3.1).
    /// </summary>
    public static IReadOnlyList<string> NamedResources(this OpenIddictRequest request) =>
        request.GetResources() is { IsEmpty: false } resources
            ? [.. resources.Where(resource => !string.IsNullOrEmpty(resource)).Distinct(StringComparer.Ordinal)]
            : [];

    /// <summary>
    /// The scopes to which a refresh is to be narrowed (RFC 6749 §6). The redemption of a code or device code has no such
    /// parameter, and ignores it (§3.2).
    /// </summary>
    public static IReadOnlyList<string> ScopesOfRefresh(this OpenIddictRequest request) =>
        request.IsRefreshTokenGrantType() ? request.GetScopes() : [];
}
