using System.Security.Claims;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.TokenExchange;

/// <summary>
/// RFC 8693 §2.2: what an exchanged token says. It stays the token of the client that the user let in, of the same grant, so
/// that whatever ends that client's access ends it as well; <c>act</c> (§4.1) names who acts with it for that client.
/// </summary>
internal sealed class TokenExchangeGrant(ClientCache clients, PublicOrigin origin, TimeProvider clock)
    : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    /// <summary>
    /// The longest an exchanged token lives; never longer than the one it was exchanged for. It is kept in the memory of the
    /// server that asked for it, which asks again.
    /// </summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromMinutes(5);

    private const string AuthenticationType = "Taskmaster";

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsTokenExchangeGrantType())
        {
            return;
        }

        // Null: the client was deleted since the request was checked, and its tokens with it.
        var subject = context.SubjectTokenPrincipal!;
        if (await clients.FindAsync(subject.GetPresenters()[0], context.CancellationToken) is not { } client)
        {
            context.Reject(ProtocolErrors.InvalidSubjectToken);
            return;
        }

        var identity = new ClaimsIdentity(AuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject.GetClaim(Claims.Subject))
            .SetClaim(TaskmasterClaims.Owner, subject.GetClaim(TaskmasterClaims.Owner))
            .SetClaim(TaskmasterClaims.Actor, new JsonObject { [Claims.Subject] = context.ClientId })
            .SetScopes(ExchangedScopes.Of(subject, client, context.Request.GetScopes()))
            .SetResources(origin.TasksApiAudience)
            .SetPresenters(client.ClientId)
            .SetAuthorizationId(subject.GetAuthorizationId())
            .SetAccessTokenLifetime(LifetimeFor(subject))
            .SetDestinations(static claim => claim.Type is TaskmasterClaims.Owner or TaskmasterClaims.Actor
                ? [Destinations.AccessToken]
                : []);
        context.Principal = new ClaimsPrincipal(identity);
    }

    private TimeSpan LifetimeFor(ClaimsPrincipal subject)
    {
        var left = subject.GetExpirationDate() - clock.GetUtcNow();
        return left < LongestLifetime ? left.Value : LongestLifetime;
    }
}
