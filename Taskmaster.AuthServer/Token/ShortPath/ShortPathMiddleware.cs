using Taskmaster.AuthServer.AuthorizationServer;

namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>
/// In front of OpenIddict: answers a request about which everything is plainly right, for client credentials, for the
/// redemption of a code or for an introspection, and skips some hundred handlers that would find nothing wrong with it.
/// Whatever it has a doubt about it leaves to them untouched, so that it never writes an error (docs/decisions/0005).
/// </summary>
internal sealed class ShortPathMiddleware(
    RequestDelegate next, ShortClientCredentials clientCredentials, ShortCodeRedemption codeRedemption, ShortIntrospection introspection)
{
    public Task InvokeAsync(HttpContext context) => context.Request.Path.Value switch
    {
        OAuthEndpoints.Token => UnlessAsync(TryGrantAsync(context.Request, context.RequestAborted), context),
        OAuthEndpoints.Introspect => UnlessAsync(introspection.TryAnswerAsync(context.Request, context.RequestAborted), context),
        _ => next(context),
    };

    private async ValueTask<bool> TryGrantAsync(HttpRequest request, CancellationToken cancellationToken) =>
        await clientCredentials.TryAnswerAsync(request, cancellationToken) || await codeRedemption.TryAnswerAsync(request, cancellationToken);

    private async Task UnlessAsync(ValueTask<bool> answered, HttpContext context)
    {
        if (!await answered)
        {
            await next(context);
        }
    }
}
