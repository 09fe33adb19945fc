using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Taskmaster.TasksApi.Answers;

/// <summary>The answer to a request that cannot be understood: 400, with the fields that are wrong.</summary>
internal sealed class InvalidRequest : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private readonly ErrorResponse _error;
    private readonly int _status;
    private readonly (string Name, string Value)[] _headers;

    private InvalidRequest(ErrorResponse error, int status = StatusCodes.Status400BadRequest, params (string Name, string Value)[] headers)
    {
        _error = error;
        _status = status;
        _headers = headers;
    }

    public int? StatusCode => _status;

    /// <summary>RFC 9110 §15.5.16: what the content is matters before what it says.</summary>
    public static InvalidRequest Unsupported(string message, params (string Name, string Value)[] headers) =>
        new(new(message), StatusCodes.Status415UnsupportedMediaType, headers);

    public static InvalidRequest Because(string message) => new(new(message));

    public static InvalidRequest Field(string field, string error) => Fields(new Dictionary<string, string[]> { [field] = [error] });

    public static InvalidRequest Fields(IReadOnlyDictionary<string, string[]> errors) => new(new("Invalid request data", errors));

    public static InvalidRequest Query(string parameter, string error) =>
        Query(new Dictionary<string, string[]> { [parameter] = [error] });

    public static InvalidRequest Query(IReadOnlyDictionary<string, string[]> errors) => new(new("Invalid query parameters", errors));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = _status;
        foreach (var (name, value) in _headers)
        {
            httpContext.Response.Headers[name] = value;
        }

        return httpContext.Response.WriteAnswerAsync(_error);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ErrorResponse), ["application/json"]));
}
