using System.Security.Claims;
using OpenIddict.Abstractions;
using Taskmaster.AuthServer.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>What a user let a client do, as a code or refresh token says it.</summary>
internal static class PlainGrants
{
    /// <summary>Whether it is the client's, all of it, without anything that OpenIddict would have to see to.</summary>
    public static bool IsOf(Client client, ClaimsPrincipal grant) =>
        grant.GetPresenters() is [var presenter]
        && presenter == client.ClientId
        // Less than was granted, since its owner registered the client for less.
        && grant.GetScopes().All(scope => ClientPermissions.HasScope(client, scope, onItsOwn: false))
        // OpenIddict binds what it issues to a key, or gives it a life of its own, when the grant says so.
        && !grant.HasClaim(claim => claim.Type is
            Claims.Confirmation or Claims.Private.AccessTokenLifetime or Claims.Private.IdentityTokenLifetime
                or Claims.Private.RefreshTokenLifetime);
}
