using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Users;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.UserInfo;

/// <summary>OpenID Connect Core §5.3: the user as they are now, cut down to the scopes of the access token.</summary>
internal sealed class UserInfoClaims(AuthDbContext database, PublicOrigin origin) : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        if (!context.AccessTokenPrincipal.HasScope(Scopes.OpenId))
        {
            context.Reject(ProtocolErrors.OpenIdScopeRequired);
            return;
        }

        var user = Guid.TryParse(context.AccessTokenPrincipal.GetClaim(Claims.Subject), out var userId)
            ? await database.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId, context.CancellationToken)
            : null;
        if (user is null)
        {
            context.Reject(ProtocolErrors.UserNoLongerExists);
            return;
        }

        context.Claims[Claims.Issuer] = origin.Value;

        if (context.AccessTokenPrincipal.HasScope(Scopes.Profile))
        {
            context.Claims[Claims.Name] = user.Name;
        }

        if (context.AccessTokenPrincipal.HasScope(Scopes.Email))
        {
            context.Email = user.Email;
            context.EmailVerified = user.EmailConfirmed;
        }
    }
}
