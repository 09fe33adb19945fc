using System.Globalization;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// What did not become an answer further in. An outage of Redis or Postgres is <c>503 temporarily_unavailable</c> with
/// <c>Retry-After</c> on every endpoint: it never looks like a bad code or token, which would make a client throw away
/// a good one. A request that cannot be read is the client's mistake and no server error.
/// </summary>
internal sealed class ErrorResponses(RequestDelegate next, TokenRequests requests, OutageLog outages)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!LimitedBodyStream.TryLimit(context, PublicFace.BodyLimit(context)))
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, ProtocolErrors.TooLarge(PublicFace.BodyLimit(context)));
            return;
        }

        if (context.Request.HasUnreadableForm())
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, ProtocolErrors.FormRequired);
            return;
        }

        try
        {
            await next(context);
            if (LimitedBodyStream.WasExceeded(context))
            {
                await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, ProtocolErrors.TooLarge(PublicFace.BodyLimit(context)));
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted && StoreOutage.IsOutage(exception))
        {
            outages.Away(StoreOutage.ResourceOf(exception, ResourceNames.AuthDb)!, exception);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, ProtocolErrors.StoreUnavailable);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            var error = exception.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? ProtocolErrors.TooLarge(PublicFace.BodyLimit(context))
                : ProtocolErrors.UnreadableForm;
            await AnswerAsync(context, exception.StatusCode, error);
        }
        catch (InvalidDataException) when (!context.Response.HasStarted)
        {
            // The form exceeds a limit of ASP.NET Core's form reader.
            await AnswerAsync(context, StatusCodes.Status400BadRequest, ProtocolErrors.UnreadableForm);
        }
    }

    private async Task AnswerAsync(HttpContext context, int status, ProtocolError error)
    {
        requests.CountFailure(context.Request, error.Error);
        context.SetAnsweredError(error);
        context.Response.Clear();
        context.Response.StatusCode = status;
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = ((int)RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        // A browser gets the error page, which fills in a response without a body.
        if (context.Request.PrefersHtml())
        {
            LimitedBodyStream.TakeAway(context);
            return;
        }

        await WriteAsync(context, error);
    }

    public static Task WriteAsync(HttpContext context, ProtocolError error) =>
        context.Response.WriteAsJsonAsync(
            new Dictionary<string, string> { ["error"] = error.Error, ["error_description"] = error.Description }, context.RequestAborted);
}
