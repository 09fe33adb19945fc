using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// The answer in response mode <c>form_post</c> (OAuth 2.0 Form Post Response Mode §2), in place of OpenIddict's page: it can
/// post to the verified redirect URI only, runs no script but its own, and has a button where there is no script.
/// </summary>
internal sealed class FormPostPage : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    private const string Script = "document.forms[0].submit()";

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context is not { ResponseMode: ResponseModes.FormPost, RedirectUri: { Length: > 0 } redirectUri }
            || context.Transaction.GetHttpRequest()?.HttpContext.Response is not { } response)
        {
            return;
        }

        // An error, too, is an answer for the client, and the page that takes it there has not failed.
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/html;charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'sha256-{ScriptHash}'; form-action {Source(redirectUri)}; "
            + "base-uri 'none'; frame-ancestors 'none'";
        await response.WriteAsync(Page(redirectUri, context.Response), context.CancellationToken);
        context.HandleRequest();
    }

    /// <summary>
    /// The source of the redirect URI as Content Security Policy writes it (CSP3 §2.3.1). An application's own scheme has no host
    /// to name; and of IP addresses browsers match none but 127.0.0.1 (§6.7.2.8), of IPv6 they cannot even read one, so that only
    /// the scheme is left to be named.
    /// </summary>
    private static string Source(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        var isNamed = (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && (uri.HostNameType is UriHostNameType.Dns || uri.Host is "127.0.0.1");
        return isNamed ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}" : uri.Scheme + ":";
    }

    private static string Page(string redirectUri, OpenIddictResponse response)
    {
        var fields = response.GetParameters()
            .Select(parameter => (Name: parameter.Key, Value: (string?)parameter.Value))
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field =>
                $"""<input type="hidden" name="{HtmlEncoder.Default.Encode(field.Name)}" value="{HtmlEncoder.Default.Encode(field.Value!)}">""");

        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Back to the application - Taskmaster</title>
                <link rel="stylesheet" href="/site.css">
            </head>
            <body>
                <main>
                    <section class="card">
                        <h1>Back to the application</h1>
                        <form class="stack" method="post" action="{HtmlEncoder.Default.Encode(redirectUri)}">
                            {string.Join('\n', fields)}
                            <button class="button" type="submit">Continue</button>
                        </form>
                    </section>
                </main>
                <script>{Script}</script>
            </body>
            </html>
            """;
    }
}
