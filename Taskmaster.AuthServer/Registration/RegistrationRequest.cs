using System.Text.Json;

namespace Taskmaster.AuthServer.Registration;

/// <summary>
/// The client metadata we understand (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2,
/// RFC 9449 §5.2); the rest is ignored, as the RFC has it.
/// </summary>
internal sealed record RegistrationRequest
{
    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public string? ClientName { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    public IReadOnlyList<string>? PostLogoutRedirectUris { get; init; }

    public string? TokenEndpointAuthMethod { get; init; }

    public IReadOnlyList<string>? GrantTypes { get; init; }

    public IReadOnlyList<string>? ResponseTypes { get; init; }

    public string? Scope { get; init; }

    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    public string? SubjectType { get; init; }

    public string? IdTokenSignedResponseAlg { get; init; }

    public bool? DpopBoundAccessTokens { get; init; }
}
