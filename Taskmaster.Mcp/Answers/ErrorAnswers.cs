using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Diagnostics;
using Taskmaster.Mcp.Authentication;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Mcp.Answers;

internal static class ErrorAnswersExtensions
{
    public static void AddErrorAnswers(this WebApplicationBuilder builder) => builder.Services.AddExceptionHandler<ErrorAnswers>();

    public static void UseErrorAnswers(this WebApplication app) =>
        // The empty callback says that ErrorAnswers alone decides; without it the middleware demands an error page.
        app.UseExceptionHandler(static _ => { });
}

/// <summary>
/// The answers to what is no expected failure, outside of the protocol: content that cannot be read to its end, a store that is
/// away, a bug.
/// </summary>
internal sealed partial class ErrorAnswers(OutageLog outages, ILogger<ErrorAnswers> logger) : IExceptionHandler
{
    /// <summary>Seconds; a store that restarts is back within a few.</summary>
    public const string RetryAfter = "2";

    /// <summary>JSON-RPC 2.0 §5.1.</summary>
    private const int InvalidParams = -32602;

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (McpJson.IsUnreadable(exception))
        {
            // Of the first message, which the transport reads itself; the protocol's handlers answer all others.
            var called = await CalledMethod.ReadAsync(httpContext.Request, cancellationToken);
            httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
            await httpContext.Response.WriteAsJsonAsync(
                new JsonObject
                {
                    ["jsonrpc"] = "2.0",
                    ["id"] = called.Id is { } id ? JsonNode.Parse(id) : null,
                    ["error"] = new JsonObject { ["code"] = InvalidParams, ["message"] = $"The params are none that {called.Method} takes" },
                },
                McpJson.Options, "application/json", cancellationToken);
            return true;
        }

        var (status, message) = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                (StatusCodes.Status413PayloadTooLarge, $"The request body must be {BodyLimits.Mcp} bytes or less"),
            BadHttpRequestException refused => (refused.StatusCode, "The request could not be read"),
            _ when StoreOutage.ResourceOf(exception) is { } store => Away(httpContext, store, exception),
            _ => Failed(httpContext, exception),
        };
        httpContext.Response.StatusCode = status;
        await httpContext.Response.WriteAsJsonAsync(new { Message = message }, McpJson.Options, "application/json", cancellationToken);
        return true;
    }

    private (int Status, string Message) Away(HttpContext context, string store, Exception exception)
    {
        outages.Away(store, exception);
        context.Response.Headers.RetryAfter = RetryAfter;
        return (
            StatusCodes.Status503ServiceUnavailable,
            "The token store cannot be reached, so the access token cannot be checked. Try again.");
    }

    private (int Status, string Message) Failed(HttpContext context, Exception exception)
    {
        Log.Failed(logger, context.Request.Method, context.Request.Path, exception);
        return (StatusCodes.Status500InternalServerError, "Internal Server Error");
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, string method, string path, Exception exception);
    }
}
