using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Token;

/// <summary>The claims of what is issued, for a user and for a client that acts on its own.</summary>
internal sealed class IssuedClaims(PublicOrigin origin)
{
    private const string AuthenticationType = "Taskmaster";

    /// <summary>
    /// For a code: <paramref name="user"/> let the client act for them. The token store gives each sign-in a grant of its own.
    /// </summary>
    /// <param name="user">The subject.</param>
    /// <param name="signedInAt">When they proved who they are.</param>
    /// <param name="granted">What the client may do for them.</param>
    /// <param name="resources">What the request named by <c>resource</c> (RFC 8707); none means the Tasks API.</param>
    /// <param name="client">The client that is let act.</param>
    public ClaimsPrincipal ForUser(
        SignedInUser user, DateTimeOffset signedInAt, GrantedScopes granted, IReadOnlyCollection<string> resources, Client client)
    {
        var identity = new ClaimsIdentity(AuthenticationType, Claims.Name, Claims.Role);
        var userId = user.Id.ToString("D");

        identity.SetClaim(Claims.Subject, userId)
            .SetClaim(TaskmasterClaims.Owner, userId)
            .SetClaim(Claims.AuthenticationTime, signedInAt.ToUnixTimeSeconds())
            .SetClaim(Claims.AuthenticationContextReference, AuthenticationContext.Password)
            .SetClaim(Claims.Name, user.Name)
            .SetClaim(Claims.Email, user.Email)
            .SetClaim(Claims.EmailVerified, user.EmailConfirmed)
            .SetScopes(granted.Scopes)
            .SetResources(ResourcesFor(granted.Scopes, resources));
        if (granted.TasksAreImplied)
        {
            identity.SetClaim(TaskmasterClaims.ImpliedTasks, true);
        }

        if (client is { IsDescribedByDocument: true, IsPublic: false })
        {
            identity.SetClaim(TaskmasterClaims.AuthenticatedByKey, true);
        }

        return new ClaimsPrincipal(identity.SetDestinations(Destinations));
    }

    /// <summary>For client credentials: the client is the subject, and acts on what its owner has.</summary>
    public ClaimsPrincipal ForClient(Client client, IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> resources)
    {
        var identity = new ClaimsIdentity(AuthenticationType, Claims.Name, Claims.Role);

        identity.SetClaim(Claims.Subject, client.ClientId)
            .SetClaim(TaskmasterClaims.Owner, client.OwnerId?.ToString("D"))
            .SetScopes(scopes)
            .SetResources(ResourcesFor(scopes, resources))
            .SetDestinations(Destinations);

        return new ClaimsPrincipal(identity);
    }

    private IEnumerable<string> ResourcesFor(IReadOnlyCollection<string> scopes, IReadOnlyCollection<string> named) => named switch
    {
        { Count: > 0 } => named,
        _ when scopes.Contains(TaskmasterScopes.ClientsManage) => [origin.TasksApiAudience, origin.ManagementAudience],
        _ => [origin.TasksApiAudience],
    };

    // OpenID Connect Core §5.4: a claim about the user goes where the scope that was allowed says.
    private static IEnumerable<string> Destinations(Claim claim) => claim.Type switch
    {
        TaskmasterClaims.Owner => [OpenIddictConstants.Destinations.AccessToken],
        Claims.AuthenticationTime or Claims.AuthenticationContextReference => [OpenIddictConstants.Destinations.IdentityToken],
        Claims.Name when claim.Subject!.HasScope(Scopes.Profile) => [OpenIddictConstants.Destinations.IdentityToken],
        Claims.Email or Claims.EmailVerified when claim.Subject!.HasScope(Scopes.Email) =>
            [OpenIddictConstants.Destinations.IdentityToken],
        _ => [],
    };
}
