using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>Pushed authorization requests (RFC 9126) at the authorization endpoint.</summary>
internal sealed class PushedRequests(IOpenIddictTokenManager tokens)
{
    /// <summary>
    /// A code redeems the request it answers in one commit. An error is an answer as well, and the request must not
    /// be used again after it (RFC 9126 §4).
    /// </summary>
    public async Task SpendAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction?.GetProperty<ProcessAuthenticationContext>(
            typeof(ProcessAuthenticationContext).FullName!)
                is { RequestTokenPrincipal: { } request }
            && request.GetTokenId() is { } tokenId
            && await tokens.FindByIdAsync(tokenId, cancellationToken) is { } token)
        {
            _ = await tokens.TryRedeemAsync(token, cancellationToken);
        }
    }
}
