using System.Globalization;
using Taskmaster.AuthServer.Token;

namespace Taskmaster.AuthServer.Errors;

/// <summary>
/// What did not become an answer further in. An outage of Redis or Postgres is <c>503 temporarily_unavailable</c> with
/// <c>Retry-After</c> on every endpoint: it never looks like a bad code or token, which would make a client throw away
/// a good one. A request that cannot be read is the client's mistake and no server error.
/// </summary>
internal sealed partial class ErrorResponses(RequestDelegate next, TokenRequests requests, ILogger<ErrorResponses> logger)
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.HasUnreadableForm())
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, ProtocolErrors.FormRequired);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception) && !context.Response.HasStarted)
        {
            Log.StoreAway(logger, context.Request.Path, exception);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, ProtocolErrors.StoreUnavailable);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception.StatusCode, ProtocolErrors.UnreadableForm);
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            // A form beyond the limits of ASP.NET Core's reader.
            await AnswerAsync(context, StatusCodes.Status400BadRequest, ProtocolErrors.UnreadableForm);
        }
    }

    private async Task AnswerAsync(HttpContext context, int status, ProtocolError error)
    {
        requests.CountFailure(context.Request, error.Error);
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = ((int)_retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        // With an empty body the error page answers a browser.
        if (!context.Request.PrefersHtml())
        {
            await WriteAsync(context, error);
        }
    }

    public static Task WriteAsync(HttpContext context, ProtocolError error) =>
        context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["error"] = error.Error, ["error_description"] = error.Description }, context.RequestAborted);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Path} answered 503 because Redis or Postgres is away.")]
        public static partial void StoreAway(ILogger logger, PathString path, Exception exception);
    }
}
