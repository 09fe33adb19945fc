using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Lists;

/// <summary>The items of a list as the documented array; where the rest of them is, says <c>Link</c> (RFC 8288).</summary>
internal sealed class Page<T>(List<T> items, ListCursor? next)
    : IResult, IStatusCodeHttpResult, IValueHttpResult<List<T>>, IEndpointMetadataProvider
{
    public int? StatusCode => StatusCodes.Status200OK;

    public List<T> Value => items;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        switch (Preconditions.Of(httpContext.Request).Evaluate(Validators.OfList))
        {
            case Preconditions.Outcome.Failed:
                return new PreconditionFailed().ExecuteAsync(httpContext);
            case Preconditions.Outcome.NotModified:
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
        }

        if (next is not null)
        {
            response.Headers.Link = $"<{Next(httpContext.Request)}>; rel=\"next\"";
        }

        return response.WriteAnswerAsync(items);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(List<T>), ["application/json"]));

    /// <summary>The request again, from the cursor on. Without the origin: RFC 8288 §3.2 resolves it against the request's own.</summary>
    private string Next(HttpRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        query["cursor"] = next!.ToString();
        query.TryAdd("limit", $"{ListSize.Most}");
        return QueryHelpers.AddQueryString(request.Path, query);
    }
}
