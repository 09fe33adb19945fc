using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Clients;

internal sealed record CreateClientRequest(
    string? Name,
    IReadOnlyList<string>? RedirectUris,
    IReadOnlyList<string>? PostLogoutRedirectUris,
    string? ClientType,
    bool? RequirePkce,
    bool? RequireDpop,
    string? TasksAccess,
    string? ClientUri,
    string? PolicyUri,
    string? IdTokenSignedResponseAlg);

internal sealed record UpdateClientRequest(
    string? Name, IReadOnlyList<string>? RedirectUris, IReadOnlyList<string>? PostLogoutRedirectUris, bool? RequirePkce,
    bool? RequireDpop, string? TasksAccess, string? ClientUri, string? PolicyUri, string? IdTokenSignedResponseAlg);

internal sealed record CreateSecretRequest(string? Name, DateTimeOffset? ExpiresAt);

internal sealed record RollSecretRequest(string? Overlap);

internal sealed record UpdateSecretRequest(DateTimeOffset? ExpiresAt);

/// <summary>A client as its owner sees it; the secret only in the answer that made it (null is left out).</summary>
internal sealed record ClientResponse(
    string ClientId,
    string Name,
    string ClientType,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> PostLogoutRedirectUris,
    bool RequirePkce,
    bool RequireDpop,
    string TasksAccess,
    string? ClientUri,
    string? PolicyUri,
    string IdTokenSignedResponseAlg,
    DateTime CreatedAt,
    DateTime? DisabledAt,
    IReadOnlyList<SecretResponse> Secrets,
    string? ClientSecret)
{
    public static ClientResponse Of(Client client, string? clientSecret = null) => new(
        client.ClientId,
        client.Name,
        client.IsPublic ? ClientTypes.Public : ClientTypes.Confidential,
        client.RedirectUris,
        client.PostLogoutRedirectUris,
        client.RequirePkce,
        client.RequireDpop,
        Taskmaster.AuthServer.Clients.TasksAccess.Of(client),
        client.ClientUri,
        client.PolicyUri,
        client.IdTokenAlgorithm,
        client.CreatedAt.UtcDateTime,
        client.DisabledAt?.UtcDateTime,
        [.. client.Secrets.OrderBy(secret => secret.Id).Select(secret => SecretResponse.Of(secret))],
        clientSecret);
}

internal sealed record SecretResponse(
    Guid Id, string Name, string? Prefix, string? LastFour, string? ClientSecret, DateTime CreatedAt, DateTime? LastUsedAt,
    DateTime? ExpiresAt)
{
    public static SecretResponse Of(ClientSecret secret, string? clientSecret = null) =>
        new(
            secret.Id, secret.Name, secret.Prefix, secret.LastFour, clientSecret, secret.CreatedAt.UtcDateTime,
            secret.LastUsedAt?.UtcDateTime, secret.ExpiresAt?.UtcDateTime);
}
