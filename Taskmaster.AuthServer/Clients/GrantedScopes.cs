using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// What a client gets, decided when it is granted and written into what is issued: the Tasks API looks at that and at
/// nothing else. A refresh can narrow it and never widen it.
/// </summary>
/// <param name="Scopes">All granted scopes, which the user is asked to allow.</param>
/// <param name="TasksAreImplied">
/// Whether the scopes of tasks come from the registration, because the request named none (<see cref="ForUser"/>).
/// </param>
internal sealed record GrantedScopes(IReadOnlyList<string> Scopes, bool TasksAreImplied)
{
    /// <summary>The scopes named in the response (RFC 6749 §5.1): as documented, those that the request named.</summary>
    public IEnumerable<string> Named => TasksAreImplied ? Scopes.Where(scope => !TaskmasterScopes.IsOfTasks(scope)) : Scopes;

    /// <summary>
    /// A request that names no scope is about all that the client is registered for (RFC 6749 §3.3), except lasting access,
    /// which is for who asks for it (OpenID Connect Core §11). One that names scopes, but none of tasks, gets those
    /// of tasks that the owner registered the client for, because the documentation's <c>openid profile email</c> reads tasks.
    /// A client without an owner gets what it names.
    /// </summary>
    public static GrantedScopes ForUser(Client client, IReadOnlyCollection<string> named)
    {
        if (named.Count == 0)
        {
            return new([.. client.Scopes.Where(scope => scope is not OpenIddictConstants.Scopes.OfflineAccess)], TasksAreImplied: false);
        }

        string[] implied = client.OwnerId is null || named.Any(TaskmasterScopes.IsOfTasks)
            ? []
            : [.. client.Scopes.Where(TaskmasterScopes.IsOfTasks)];
        return new([.. named.Distinct(StringComparer.Ordinal), .. implied], implied.Length > 0);
    }

    /// <summary>The scopes of client credentials: those of the request, or else all of tasks that the client is registered for.</summary>
    public static IReadOnlyList<string> OnItsOwn(Client client, IReadOnlyCollection<string> named) =>
        [.. named.Count > 0 ? named : client.Scopes.Where(TaskmasterScopes.IsOfTasks)];

    /// <summary>What a code, a device code or a refresh token says was granted.</summary>
    public static GrantedScopes Of(ClaimsPrincipal grant) => new(grant.GetScopes(), grant.HasClaim(TaskmasterClaims.ImpliedTasks));

    /// <summary>
    /// As much of it as the client is still registered for and, if <paramref name="named"/> has any, as is named there
    /// (RFC 6749 §6). A refresh that repeats what the answer named loses nothing that was implied with it.
    /// </summary>
    public GrantedScopes Within(Client client, IReadOnlyCollection<string> named)
    {
        var implied = TasksAreImplied && !named.Any(TaskmasterScopes.IsOfTasks);
        return new(
            [.. Scopes.Where(scope => ClientPermissions.HasScope(client, scope, onItsOwn: false)
                && (named.Count == 0 || named.Contains(scope) || (implied && TaskmasterScopes.IsOfTasks(scope))))],
            implied);
    }
}
