using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>HEAD is answered as GET, without content (RFC 9110 §9.3.2): the server leaves the content out, whatever writes it.</summary>
public static class HeadRequests
{
    private static readonly object Key = new();

    /// <summary>Must run before all middleware that reads the method.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        var request = context.Request;
        if (!HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        context.Items[Key] = true;
        request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Whether the request was a HEAD request: an endpoint with endless content must then end at once.</summary>
    public static bool IsAnsweredWithoutContent(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Items.ContainsKey(Key);
    }
}
