using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// What a code, a device code or a refresh token buys is within what was granted: a refresh for more is <c>invalid_scope</c>
/// (RFC 6749 §6), another resource is <c>invalid_target</c> (RFC 8707 §2.2).
/// </summary>
internal sealed class RequireGranted(ClientCache clients) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if ((context.AuthorizationCodePrincipal ?? context.DeviceCodePrincipal ?? context.RefreshTokenPrincipal) is not { } grant)
        {
            return;
        }

        var granted = GrantedScopes.Of(grant);
        var named = context.Request.ScopesOfRefresh();
        if (named.FirstOrDefault(scope => !granted.Scopes.Contains(scope)) is { } ungranted)
        {
            context.Reject(ProtocolErrors.InvalidScopeOf(ungranted));
        }
        else if (context.Request.NamedResources().Except(grant.GetResources(), StringComparer.Ordinal).Any())
        {
            context.Reject(ProtocolErrors.ResourceNotGranted);
        }
        else if (await clients.FindAsync(context.ClientId!, context.CancellationToken) is { } client
            && granted.Within(client, named).Scopes.Count == 0)
        {
            context.Reject(ProtocolErrors.ScopesNoLongerRegistered);
        }
    }
}
