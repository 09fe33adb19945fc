using Microsoft.AspNetCore.Diagnostics;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.Answers;

/// <summary>The answers to what is no expected failure: a body that cannot be read to its end, a store that is away, a bug.</summary>
internal sealed partial class ExceptionAnswers(OutageLog outages, ILogger<ExceptionAnswers> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var response = httpContext.Response;

        if (exception is BadHttpRequestException refusal)
        {
            response.StatusCode = refusal.StatusCode;
            var message = refusal.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"The request body must be {BodyLimits.Api} bytes or less"
                : "The request could not be read";
            await response.WriteAnswerAsync(new ErrorResponse(message));
            return true;
        }

        if (Outage.Behind(exception) is { } outage)
        {
            outages.Away(outage.Store, exception);
            response.StatusCode = outage.Status;
            response.Headers.RetryAfter = Outage.RetryAfter;
            await response.WriteAnswerAsync(outage, "application/problem+json");
            return true;
        }

        Log.Failed(logger, httpContext.Request.Method, httpContext.Request.Path, exception);
        response.StatusCode = StatusCodes.Status500InternalServerError;
        await response.WriteAnswerAsync(new ErrorResponse("Internal Server Error"));
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, string method, string path, Exception exception);
    }
}
