using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.Forwarding;

/// <summary>What Web itself answers on a forwarded path, each in the <see cref="ErrorFormat"/> of the path.</summary>
internal static class ForwardingErrors
{
    private const string InvalidRequest = "invalid_request";

    // RFC 6749 §4.1.2.1 has the name; its §5.2 lacks one for an outage, so both OAuth endpoints use it.
    private const string TemporarilyUnavailable = "temporarily_unavailable";

    public static Task UnavailableAsync(HttpContext context, ForwardedPath path)
    {
        context.Response.Headers.RetryAfter = Outage.RetryAfter;
        var what = path.Errors is ErrorFormat.OAuth ? "authorization server" : "API";
        return WriteAsync(
            context, path, StatusCodes.Status503ServiceUnavailable, TemporarilyUnavailable,
            $"The {what} is not available. Try again shortly.");
    }

    public static Task TooLargeAsync(HttpContext context, ForwardedPath path) =>
        WriteAsync(context, path, StatusCodes.Status413PayloadTooLarge, InvalidRequest, string.Create(
            CultureInfo.InvariantCulture, $"The request body must be {path.BodyLimit} bytes or less"));

    public static Task RepeatedHeaderAsync(HttpContext context, ForwardedPath path, string header) =>
        WriteAsync(context, path, StatusCodes.Status400BadRequest, InvalidRequest, $"The header {header} must be sent once");

    /// <param name="context">The request.</param>
    /// <param name="path">Its path.</param>
    /// <param name="status">400, or 408 for a caller who stopped sending.</param>
    public static Task UnreadableAsync(HttpContext context, ForwardedPath path, int status) =>
        WriteAsync(context, path, status, InvalidRequest, "The request cannot be read");

    /// <summary>The service is there, and what it said is no HTTP: its bug, and no reason to come again soon.</summary>
    public static Task BadGatewayAsync(HttpContext context, ForwardedPath path) =>
        WriteAsync(context, path, StatusCodes.Status502BadGateway, "server_error", "The answer cannot be read");

    private static async Task WriteAsync(HttpContext context, ForwardedPath path, int status, string error, string text)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (WantsPage(context.Request, path))
        {
            LimitedBodyStream.TakeAway(context);
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = true;
            return;
        }

        await context.Response.WriteAsJsonAsync(
            path.Errors is ErrorFormat.OAuth
                ? new Dictionary<string, string> { ["error"] = error, ["error_description"] = text }
                : new Dictionary<string, string> { ["message"] = text },
            options: null,
            contentType: "application/json",
            context.RequestAborted);
    }

    /// <summary>A person follows a link or sends one of AuthServer's forms: they get a page, a program gets JSON.</summary>
    private static bool WantsPage(HttpRequest request, ForwardedPath path) =>
        path.Errors is ErrorFormat.Page
        || ((path.Errors is ErrorFormat.OAuth || HttpMethods.IsGet(request.Method))
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));
}
