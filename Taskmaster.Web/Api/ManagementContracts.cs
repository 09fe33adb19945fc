using System.Security.Cryptography;
using System.Text.Json;

namespace Taskmaster.Web.Api;

/// <summary>A client the user owns. The answer to its creation, and no other, has the secret.</summary>
internal sealed record Client(
    string ClientId,
    string Name,
    string ClientType,
    IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string>? PostLogoutRedirectUris,
    bool RequirePkce,
    bool RequireDpop,
    string TasksAccess,
    string? ClientUri,
    string? PolicyUri,
    string IdTokenSignedResponseAlg,
    DateTimeOffset CreatedAt,
    IReadOnlyList<ClientSecret>? Secrets,
    string? ClientSecret)
{
    public bool IsPublic => ClientType == ClientTypes.Public;

    /// <summary>Changes with every setting that a form can change.</summary>
    public string SettingsVersion => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(
            new object?[]
            {
                Name, RedirectUris, PostLogoutRedirectUris ?? [], RequirePkce, RequireDpop, TasksAccess, ClientUri, PolicyUri,
                IdTokenSignedResponseAlg,
            })));
}

/// <summary>A secret without its value but for how it begins and ends, which those from before it was kept do not have.</summary>
internal sealed record ClientSecret(
    Guid Id, string Name, string? Prefix, string? LastFour, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt,
    DateTimeOffset? ExpiresAt);

internal sealed record NewClient(
    string? Name, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, string ClientType,
    string? TasksAccess);

/// <summary>What is null stays as it is; an address that is empty is taken away.</summary>
internal sealed record ClientChange(
    string? Name = null,
    IReadOnlyList<string>? RedirectUris = null,
    IReadOnlyList<string>? PostLogoutRedirectUris = null,
    bool? RequirePkce = null,
    bool? RequireDpop = null,
    string? TasksAccess = null,
    string? ClientUri = null,
    string? PolicyUri = null,
    string? IdTokenSignedResponseAlg = null);

internal sealed record NewSecret(string? Name, DateTimeOffset? ExpiresAt);

internal sealed record SecretRoll(string? Overlap);

internal sealed record CreatedSecret(string ClientSecret);

/// <summary>How many people have let an application in.</summary>
internal sealed record ConsentCount(int People);

/// <summary>The user's consent to an application; the host is of one that its own document describes.</summary>
internal sealed record Consent(
    string ClientId, string Name, string? Host, IReadOnlyList<string> Scopes, DateTimeOffset GrantedAt, DateTimeOffset? LastUsedAt);

/// <summary>A browser in which the user is signed in to AuthServer; <see cref="Current"/> marks the one that asks.</summary>
internal sealed record SignedInBrowser(
    Guid Id, string Browser, string Address, DateTimeOffset SignedInAt, DateTimeOffset LastUsedAt, bool Current);

/// <summary>A page of the user's part of the audit trail; <see cref="Next"/> leads to the one after it.</summary>
internal sealed record AccountEvents(IReadOnlyList<AccountEvent> Events, Guid? Next);

internal sealed record AccountEvent(Guid Id, DateTimeOffset At, string Type, string? ClientName, string? Address, string? Details);

/// <summary>
/// An API key of the user, without its value; <see cref="Hint"/> is how it begins, <see cref="LastFour"/> how it ends, which is not known
/// of those from before it was kept.
/// </summary>
internal sealed record ApiKey(
    Guid Id, string Name, string Hint, string? LastFour, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt)
{
    public bool IsOf(string value) =>
        value.StartsWith(Hint, StringComparison.Ordinal) && value.EndsWith(LastFour ?? "", StringComparison.Ordinal);
}

internal sealed record NewApiKey(string? Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

internal sealed record CreatedApiKey(string Key);
