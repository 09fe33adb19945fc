using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Versions;

/// <summary>The answer to a write whose <c>If-Match</c> names another state than the current one: 412, and nothing is written.</summary>
internal sealed class PreconditionFailed : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private static readonly ErrorResponse Error = new("It was changed since you read it: read it again");

    public int? StatusCode => StatusCodes.Status412PreconditionFailed;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
        return httpContext.Response.WriteAsJsonAsync(Error, ApiJson.Default.ErrorResponse, cancellationToken: httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status412PreconditionFailed, typeof(ErrorResponse), ["application/json"]));
}
