using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Discovery;

/// <summary>
/// Metadata (RFC 8414 §3) and keys (RFC 7517 §5), which clients fetch often and which seldom change: OpenIddict writes them anew
/// each time and says nothing to caches.
/// </summary>
internal static class PublicMetadata
{
    // OpenIddict takes a trailing slash and any case for the same path.
    private static readonly FrozenSet<string> Paths =
        new[] { OAuthEndpoints.Discovery, OAuthEndpoints.Metadata, OAuthEndpoints.Jwks }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Includes(PathString path) => Paths.Contains(path.Value!.TrimEnd('/'));

    /// <summary>Gives the documents an entity tag and a time to be kept.</summary>
    public static void UsePublicMetadata(this IApplicationBuilder app) => app.UseWhen(
        context => Includes(context.Request.Path) && HttpMethods.IsGet(context.Request.Method),
        metadata => metadata.Use(SendAsync));

    private static async Task SendAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var written = new MemoryStream();
        var buffer = new StreamResponseBodyFeature(written, response);
        context.Features.Set<IHttpResponseBodyFeature>(buffer);
        try
        {
            await next(context);
            await buffer.CompleteAsync();
        }
        finally
        {
            context.Features.Set(response);
        }

        if (context.Response.StatusCode is StatusCodes.Status200OK)
        {
            context.Response.ContentLength = null;
            await PublicDocuments.SendAsync(context, written.ToArray(), context.Response.ContentType);
        }
        else
        {
            await context.Response.Body.WriteAsync(written.ToArray(), context.RequestAborted);
        }
    }
}
