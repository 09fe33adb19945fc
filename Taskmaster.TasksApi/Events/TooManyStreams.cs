using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Events;

/// <summary>The answer to a caller who has as many streams as one may have: 429.</summary>
internal sealed class TooManyStreams : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private static readonly ErrorResponse Error = new($"{ChangeWatch.MostPerOwner} streams of events are open: close one first");

    public int? StatusCode => StatusCodes.Status429TooManyRequests;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        httpContext.Response.Headers.RetryAfter = $"{(int)EventStream.Pulse.TotalSeconds}";
        return httpContext.Response.WriteAnswerAsync(Error);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(ErrorResponse), ["application/json"]));
}
