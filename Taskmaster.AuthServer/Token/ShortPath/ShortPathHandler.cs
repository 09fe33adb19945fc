using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.AuthorizationServer;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token.ShortPath;

/// <summary>
/// First of OpenIddict's handlers: answers a client-credentials or an introspection request about which everything is
/// plainly right, and skips some hundred handlers that would find nothing wrong with it. Whatever it has a doubt
/// about it leaves to them untouched, so that it never writes an error (docs/decisions/0005).
/// </summary>
internal sealed class ShortPathHandler(ShortClientCredentials clientCredentials, ShortIntrospection introspection) : IOpenIddictServerHandler<ProcessRequestContext>
{
    // Before OpenIddict's first, which is 50,000 after the lowest.
    public const int Order = int.MinValue + 10_000;

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.Transaction.GetHttpRequest() is not { } request)
        {
            return;
        }

        var answered = request.Path.Value switch
        {
            OAuthEndpoints.Token => await clientCredentials.TryAnswerAsync(request, context.CancellationToken),
            OAuthEndpoints.Introspect => await introspection.TryAnswerAsync(request, context.CancellationToken),
            _ => false,
        };

        if (answered)
        {
            context.HandleRequest();
        }
    }
}
