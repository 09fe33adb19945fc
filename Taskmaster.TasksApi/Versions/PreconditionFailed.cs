using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Versions;

/// <summary>
/// The answer to a request whose <see cref="Preconditions"/> do not hold: 412 (RFC 9110 §15.5.13), and nothing is written.
/// </summary>
/// <param name="errors">Of which of several resources.</param>
internal sealed class PreconditionFailed(Dictionary<string, string[]>? errors = null)
    : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private static readonly ErrorResponse Changed = new("It was changed since you read it: read it again");
    private static readonly ErrorResponse Unmet = new(
        "A condition of the request does not hold: If-None-Match names what is there, or If-Match what is not");

    public int? StatusCode => StatusCodes.Status412PreconditionFailed;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var isOfOne = request.RouteValues.Count > 0 && !HttpMethods.IsPost(request.Method);
        var error = errors is not null ? Changed with { Errors = errors }
            : isOfOne && request.Headers.IfNoneMatch.Count == 0 ? Changed : Unmet;
        httpContext.Response.StatusCode = StatusCodes.Status412PreconditionFailed;
        return httpContext.Response.WriteAnswerAsync(error);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status412PreconditionFailed, typeof(ErrorResponse), ["application/json"]));
}
