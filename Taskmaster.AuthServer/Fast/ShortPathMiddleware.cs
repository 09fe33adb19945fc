using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.RequestLogs;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// In front of OpenIddict: answers a request about which everything is plainly right, for a code, for client credentials, for
/// the redemption of a code or refresh token or for an introspection, and skips some hundred handlers that would find nothing
/// wrong with it. One reading of the form and one authentication of the client, then one class for each. A request that leaves
/// a doubt goes to OpenIddict untouched, so that the short path never writes an error (docs/performance.md). A client that goes
/// away cancels nothing: Kestrel ends the reading, and Redis has a second to answer.
/// </summary>
internal sealed class ShortPathMiddleware(
    RequestDelegate next, ClientCache clients, ClientSecretCheck secrets,
    ShortClientCredentials clientCredentials, ShortCodeRedemption codeRedemption, ShortRefresh refresh,
    ShortIntrospection introspection, ShortAuthorization authorization, ClientRequestLog log)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        OAuthEndpoints.Token or OAuthEndpoints.Introspect => AnswerAsync(context),
        OAuthEndpoints.Authorize => AuthorizeAsync(context),
        _ => next(context),
    };

    private async Task AuthorizeAsync(HttpContext context)
    {
        if (!await authorization.TryAnswerAsync(context))
        {
            await next(context);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await PlainRequest.ReadAsync(context.Request, clients, secrets) is not { } plain
            || !await TryAnswerAsync(plain, context))
        {
            await next(context);
            return;
        }

        log.NoteSuccess(context, context.Request.Path.Value!, plain.Client, plain.Form);
    }

    private ValueTask<bool> TryAnswerAsync(PlainRequest plain, HttpContext context) =>
        (context.Request.Path.Value, plain[Parameters.GrantType]) switch
        {
            (OAuthEndpoints.Token, GrantTypes.ClientCredentials) => clientCredentials.TryAnswerAsync(plain, context.Response),
            (OAuthEndpoints.Token, GrantTypes.AuthorizationCode) => codeRedemption.TryAnswerAsync(plain, context.Response),
            (OAuthEndpoints.Token, GrantTypes.RefreshToken) => refresh.TryAnswerAsync(plain, context),
            (OAuthEndpoints.Introspect, null) => introspection.TryAnswerAsync(plain, context.Response),
            _ => ValueTask.FromResult(false),
        };
}
