using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.AuthServer.Clients;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// RFC 6749 §4.1.2.1: once client and redirect URI are known to belong together, what is wrong with the rest of the
/// request is the client's to hear. OpenIddict shows these to the user. Before that nobody is redirected anywhere.
/// </summary>
internal sealed class RedirectProtocolErrors(ClientCache clients, IOpenIddictApplicationManager applications)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (string.IsNullOrEmpty(context.Response.Error)
            || !string.IsNullOrEmpty(context.RedirectUri)
            || context.Transaction.IsClientRefused()
            || context.Request is not { ClientId: { Length: > 0 } clientId, RedirectUri: { Length: > 0 } redirectUri })
        {
            return;
        }

        if (await clients.FindAsync(clientId, context.CancellationToken) is { } client
            && await applications.ValidateRedirectUriAsync(client, redirectUri, context.CancellationToken))
        {
            context.RedirectUri = redirectUri;

            // Code is the only response type there is, and a code's answers are in the query; OpenIddict would put the
            // refusal of another response type where that type's answers are.
            context.ResponseMode = context.Request.ResponseMode is ResponseModes.FormPost or ResponseModes.Fragment
                ? context.Request.ResponseMode
                : ResponseModes.Query;
        }
    }
}
