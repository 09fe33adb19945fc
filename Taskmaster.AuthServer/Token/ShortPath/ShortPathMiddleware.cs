using Taskmaster.AuthServer.AuthorizationServer;

namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>
/// In front of OpenIddict: answers a client-credentials or an introspection request about which everything is plainly
/// right, and skips some hundred handlers that would find nothing wrong with it. Whatever it has a doubt about it leaves
/// to them untouched, so that it never writes an error (docs/decisions/0005).
/// </summary>
internal sealed class ShortPathMiddleware(RequestDelegate next, ShortClientCredentials clientCredentials, ShortIntrospection introspection)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        OAuthEndpoints.Token => UnlessAsync(clientCredentials.TryAnswerAsync(context.Request, context.RequestAborted), context),
        OAuthEndpoints.Introspect => UnlessAsync(introspection.TryAnswerAsync(context.Request, context.RequestAborted), context),
        _ => next(context),
    };

    private async Task UnlessAsync(ValueTask<bool> answered, HttpContext context)
    {
        if (!await answered)
        {
            await next(context);
        }
    }
}
