using System.Text.Json;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Grants = OpenIddict.Abstractions.OpenIddictConstants.GrantTypes;
using Types = OpenIddict.Abstractions.OpenIddictConstants.ResponseTypes;

namespace Taskmaster.AuthServer.Registration;

/// <summary>RFC 7591 §3.2.1 and RFC 7592 §3. A secret is in it only when it was made just now: we keep its hash.</summary>
internal sealed record RegistrationResponse(
    string ClientId,
    long ClientIdIssuedAt,
    string? ClientSecret,
    long? ClientSecretExpiresAt,
    string RegistrationAccessToken,
    string RegistrationClientUri,
    string ClientName,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string>? PostLogoutRedirectUris,
    string TokenEndpointAuthMethod,
    IReadOnlyList<string> GrantTypes,
    IReadOnlyList<string> ResponseTypes,
    string Scope,
    JsonElement? Jwks,
    string SubjectType,
    string IdTokenSignedResponseAlg,
    bool DpopBoundAccessTokens)
{
    private const long Never = 0;

    public static RegistrationResponse Of(Client client, string registrationToken, string? secret, PublicOrigin origin) => new(
        client.ClientId,
        client.CreatedAt.ToUnixTimeSeconds(),
        secret,
        secret is null ? null : Never,
        registrationToken,
        $"{origin.Value}{OAuthEndpoints.Register}/{client.ClientId}",
        client.Name,
        client.RedirectUris,
        client.PostLogoutRedirectUris.Count == 0 ? null : client.PostLogoutRedirectUris,
        client.AuthenticationMethod!,
        client.GrantTypes!,
        client.GrantTypes!.Contains(Grants.AuthorizationCode) ? [Types.Code] : [],
        string.Join(' ', client.Scopes),
        client.JsonWebKeys is { } keys ? JsonElement.Parse(keys) : null,
        SubjectTypes.Public,
        client.IdTokenAlgorithm,
        client.RequireDpop);
}
