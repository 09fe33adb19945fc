namespace Taskmaster.Web.Api;

/// <summary>A client the user owns. The answer to its creation, and no other, has the secret.</summary>
internal sealed record Client(
    string ClientId,
    string Name,
    string ClientType,
    IReadOnlyList<string> RedirectUris,
    bool RequirePkce,
    DateTimeOffset CreatedAt,
    IReadOnlyList<ClientSecret>? Secrets,
    string? ClientSecret)
{
    public bool IsPublic => ClientType == ClientTypes.Public;
}

internal sealed record ClientSecret(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt);

internal sealed record NewClient(string? Name, IReadOnlyList<string> RedirectUris, string ClientType);

/// <summary>What is null stays as it is.</summary>
internal sealed record ClientChange(string? Name = null, IReadOnlyList<string>? RedirectUris = null, bool? RequirePkce = null);

internal sealed record NewSecret(string? Name, DateTimeOffset? ExpiresAt);

internal sealed record CreatedSecret(string ClientSecret);

/// <summary>An application the user has let in.</summary>
internal sealed record Grant(string ClientId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset GrantedAt);

/// <summary>An API key of the user, without its value; <see cref="Hint"/> is how it begins.</summary>
internal sealed record ApiKey(
    Guid Id, string Name, string Hint, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt);

internal sealed record NewApiKey(string? Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

internal sealed record CreatedApiKey(string Key);
