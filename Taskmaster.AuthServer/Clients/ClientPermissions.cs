using System.Collections.Immutable;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Clients;

/// <summary>What each kind of client may do, in OpenIddict's terms.</summary>
internal static class ClientPermissions
{
    /// <summary>What signing in is about.</summary>
    public static readonly ImmutableArray<string> SignInScopes = [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess];

    /// <summary>What a client may ask a user for.</summary>
    public static readonly ImmutableArray<string> UserScopes = [.. SignInScopes, .. TaskmasterScopes.Tasks];

    /// <summary>
    /// What a client may ask for on its owner's behalf; there is no user to describe, and no refresh token (RFC 6749 §4.4.3).
    /// </summary>
    public static readonly ImmutableArray<string> ClientCredentialsScopes = [.. TaskmasterScopes.Tasks];

    private static readonly ImmutableArray<string> FirstPartyScopes = [.. UserScopes, TaskmasterScopes.ClientsManage];

    // What every client of a user may do.
    private static readonly ImmutableArray<string> Basic =
    [
        Permissions.Endpoints.Authorization,
        Permissions.Endpoints.PushedAuthorization,
        Permissions.Endpoints.Token,
        Permissions.Endpoints.Revocation,
        Permissions.Endpoints.EndSession,
        Permissions.GrantTypes.AuthorizationCode,
        Permissions.GrantTypes.RefreshToken,
        Permissions.ResponseTypes.Code,
        .. UserScopes.Select(scope => Permissions.Prefixes.Scope + scope),
    ];

    // A device without a browser cannot keep a secret either. A web application has a browser at hand, and would only
    // lend its name to whoever asks a victim to type a code (RFC 8628 §5.4).
    private static readonly ImmutableArray<string> Public =
    [
        .. Basic,
        Permissions.Endpoints.DeviceAuthorization,
        Permissions.GrantTypes.DeviceCode,
    ];

    private static readonly ImmutableArray<string> FirstParty =
    [
        .. Basic,
        Permissions.Endpoints.Introspection,
        Permissions.Prefixes.Scope + TaskmasterScopes.ClientsManage,
    ];

    // A resource server, which no user meets.
    private static readonly ImmutableArray<string> Exchanging =
    [
        Permissions.Endpoints.Token,
        Permissions.GrantTypes.TokenExchange,
        .. TaskmasterScopes.Tasks.Select(scope => Permissions.Prefixes.Scope + scope),
    ];

    private static readonly ImmutableArray<string> Confidential =
    [
        .. Basic,
        Permissions.Endpoints.Introspection,
        Permissions.GrantTypes.ClientCredentials,
    ];

    // Without an owner there is nobody whose tasks client credentials could be about.
    private static readonly ImmutableArray<string> ConfidentialWithoutOwner = [.. Basic, Permissions.Endpoints.Introspection];

    // Who it is for is known by its host alone: no device flow, in which a user only types a code (RFC 8628 §5.4).
    private static readonly ImmutableArray<string> PublicByDocument = Basic;

    public static ImmutableArray<string> Of(Client client) => [.. OfKind(client).Where(permission => IsRegistered(client, permission))];

    public static bool Has(Client client, string permission) =>
        OfKind(client).Contains(permission, StringComparer.Ordinal) && IsRegistered(client, permission);

    /// <summary>
    /// Whether the client may have the scope, for a user or, with client credentials, on its own. A client with an owner is
    /// held to what the owner registered it for, and one that a document describes to what that document names. One that a
    /// program registered may ask its user for every scope, whatever it registered first: anybody may register, so the user's
    /// consent is what protects, and software that learns only later what it needs (<c>insufficient_scope</c>, RFC 6750 §3.1)
    /// can ask for it.
    /// </summary>
    public static bool HasScope(Client client, string scope, bool onItsOwn) =>
        (client is { IsFirstParty: true, IsPublic: false } ? FirstPartyScopes : UserScopes).Contains(scope, StringComparer.Ordinal)
        && (client is { OwnerId: null, IsDescribedByDocument: false } || client.Scopes.Contains(scope))
        && (!onItsOwn || ClientCredentialsScopes.Contains(scope, StringComparer.Ordinal));

    private static ImmutableArray<string> OfKind(Client client) => client switch
    {
        { IsFirstParty: true, ClientId: WellKnownClients.Mcp } => Exchanging,
        { IsFirstParty: true, IsPublic: false } => FirstParty,
        { IsDescribedByDocument: true } => client.IsPublic ? PublicByDocument : ConfidentialWithoutOwner,
        { IsRegisteredByProgram: true } => client.IsPublic ? Public : ConfidentialWithoutOwner,
        { IsPublic: true } => Public,
        _ => Confidential,
    };

    private static bool IsRegistered(Client client, string permission) => permission switch
    {
        // There is nothing but tasks that a client could do on its own.
        Permissions.GrantTypes.ClientCredentials => client.Scopes.Any(TaskmasterScopes.IsOfTasks),
        _ when permission.StartsWith(Permissions.Prefixes.GrantType, StringComparison.Ordinal) =>
            client.GrantTypes is null || client.GrantTypes.Contains(permission[Permissions.Prefixes.GrantType.Length..]),
        _ when permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal) =>
            HasScope(client, permission[Permissions.Prefixes.Scope.Length..], onItsOwn: false),
        _ => true,
    };
}
