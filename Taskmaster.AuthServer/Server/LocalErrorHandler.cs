using System.Text.Json;
using Microsoft.AspNetCore;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// An error at a page endpoint that must not be redirected: the documented JSON for a program, and for a browser,
/// which asks for HTML, the error page (through status code pages). 400 both.
/// </summary>
internal sealed class LocalErrorHandler<TContext> : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public async ValueTask HandleAsync(TContext context)
    {
        if (context.Transaction.Response is not { Error.Length: > 0 } response
            || context.Transaction.GetHttpRequest()?.HttpContext is not { } http
            || IsRedirected(context)
            || http.Request.PrefersHtml())
        {
            return;
        }

        http.Response.ContentType = "application/json;charset=UTF-8";
        await using (var writer = new Utf8JsonWriter(http.Response.BodyWriter))
        {
            response.WriteTo(writer);
        }

        context.HandleRequest();
    }

    private static bool IsRedirected(TContext context) => context switch
    {
        ApplyAuthorizationResponseContext authorization => !string.IsNullOrEmpty(authorization.RedirectUri),
        ApplyEndSessionResponseContext endSession => !string.IsNullOrEmpty(endSession.PostLogoutRedirectUri),
        _ => false,
    };
}
