using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// In front of OpenIddict: answers a request about which everything is plainly right, for client credentials, for the
/// redemption of a code or for an introspection, and skips some hundred handlers that would find nothing wrong with it.
/// Whatever it has a doubt about it leaves to them untouched, so that it never writes an error (docs/performance.md). A
/// client that goes away cancels nothing: Kestrel ends the reading, and Redis has a second to answer.
/// </summary>
internal sealed class ShortPathMiddleware(
    RequestDelegate next, ShortClientCredentials clientCredentials, ShortCodeRedemption codeRedemption, ShortIntrospection introspection)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        OAuthEndpoints.Token => GrantAsync(context),
        OAuthEndpoints.Introspect => IntrospectAsync(context),
        _ => next(context),
    };

    private async Task GrantAsync(HttpContext context)
    {
        if (!await clientCredentials.TryAnswerAsync(context.Request)
            && !await codeRedemption.TryAnswerAsync(context.Request))
        {
            await next(context);
        }
    }

    private async Task IntrospectAsync(HttpContext context)
    {
        if (!await introspection.TryAnswerAsync(context.Request))
        {
            await next(context);
        }
    }
}
