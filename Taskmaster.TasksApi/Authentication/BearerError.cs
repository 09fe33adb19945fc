using Microsoft.Net.Http.Headers;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>An RFC 6750 §3 refusal: a status, the challenge of WWW-Authenticate, and the documents' JSON body.</summary>
internal sealed record BearerError(int Status, string Challenge, BearerErrorBody Body)
{
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.Headers[HeaderNames.WWWAuthenticate] = Challenge;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(Body, ApiJson.Default.BearerErrorBody, cancellationToken: context.RequestAborted);
    }
}

internal sealed record BearerErrorBody(string Error, string ErrorDescription);
