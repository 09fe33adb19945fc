using System.Globalization;

namespace Taskmaster.AuthServer.Errors;

/// <summary>
/// An outage of Redis or Postgres is <c>503 temporarily_unavailable</c> with <c>Retry-After</c> on every endpoint.
/// It never looks like a bad code or token, which would make a client throw away a good one.
/// </summary>
internal sealed partial class OutageMiddleware(RequestDelegate next, ILogger<OutageMiddleware> logger)
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception) && !context.Response.HasStarted)
        {
            Log.StoreAway(logger, context.Request.Path, exception);

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = ((int)_retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.CacheControl = "no-store";

            // With an empty body the status code pages answer a browser.
            if (!context.Request.PrefersHtml())
            {
                var error = ProtocolErrors.StoreUnavailable;
                await context.Response.WriteAsJsonAsync(
                    new Dictionary<string, string> { ["error"] = error.Error, ["error_description"] = error.Description }, context.RequestAborted);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Path} answered 503 because Redis or Postgres is away.")]
        public static partial void StoreAway(ILogger logger, PathString path, Exception exception);
    }
}
