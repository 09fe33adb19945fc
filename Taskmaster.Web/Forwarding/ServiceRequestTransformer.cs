using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Web.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Taskmaster.Web.Forwarding;

/// <summary>
/// What a service sees of a forwarded request: the caller's own, except that the X-Forwarded headers are ours
/// and the cookies of Web stay here.
/// </summary>
internal sealed class ServiceRequestTransformer : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var headers = proxyRequest.Headers;

        // The destination's own name, so that no service has to trust the caller's.
        headers.Host = null;

        // Asked of the request that came: going through those of the new one would parse each.
        foreach (var (name, _) in httpContext.Request.Headers)
        {
            if (SpeaksForAProxy(name))
            {
                headers.Remove(name);
            }
        }

        headers.TryAddWithoutValidation("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.Scheme);

        headers.Remove(HeaderNames.Cookie);
        if (httpContext.GetEndpoint()?.Metadata.GetMetadata<ForwardedPath>()?.Service == ResourceNames.AuthServer
            && CookiesOfOthers(httpContext.Request) is { Length: > 0 } cookies)
        {
            headers.TryAddWithoutValidation(HeaderNames.Cookie, cookies);
        }
    }

    public override ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        httpContext.Features.Get<ServiceTimeout>()?.Suspend();
        return base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }

    private static bool SpeaksForAProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase);

    /// <summary>As the browser wrote them: parsing and writing again could change a value.</summary>
    private static string CookiesOfOthers(HttpRequest request) => string.Join("; ", request.Headers.Cookie
        .SelectMany(line => line?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        .Where(cookie => !WebCookies.IsOurs(cookie)));
}
