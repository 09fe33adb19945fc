using System.Text.Json.Nodes;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>An answer that a route gives without having written it: from the pipeline, or for want of what was asked for.</summary>
/// <param name="Status">The status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="MediaType">Of its body.</param>
/// <param name="Schema">The body's schema by name; null for plain text.</param>
/// <param name="Example">A body.</param>
internal sealed record FailureAnswer(int Status, string Description, string MediaType, string? Schema, string Example)
{
    private const string Json = "application/json";
    private const string Text = "text/plain";

    public static FailureAnswer Forbidden { get; } = new(403, "The user does not have the admin role", Text, null, "Forbidden");

    public static FailureAnswer NotFound { get; } = new(404, "It is not there, or not yours", Text, null, "Not Found");

    /// <summary>What any route may answer.</summary>
    public static IReadOnlyList<FailureAnswer> Everywhere { get; } =
    [
        new(400, "The request cannot be understood; `errors` says what is wrong with each field or parameter", Json, SchemaNames.Error,
            """{"message":"Invalid request data","errors":{"title":["Title is required"]}}"""),
        new(401, "No access token or API key, or one that is unknown, expired or revoked", Json, SchemaNames.AccessError,
            """{"error":"invalid_token","error_description":"The Access Token expired"}"""),
        new(403, "The access token or API key lacks the scope", Json, SchemaNames.AccessError,
            """{"error":"insufficient_scope","error_description":"The Access Token does not have the scope tasks:write"}"""),
        new(429, "Too many requests, counted for each user of a client and each API key", Json, SchemaNames.Error,
            """{"message":"Too many requests. Try again in 12 s."}"""),
        new(500, "A mistake of ours", Json, SchemaNames.Error, """{"message":"Internal Server Error"}"""),
        new(503, "A store is away for a moment; it says nothing about the token, the key or the data",
            "application/problem+json", SchemaNames.Problem,
            """{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"The tasks database cannot be reached. Try again."}"""),
    ];

    /// <summary>What a route with a body may answer besides.</summary>
    public static IReadOnlyList<FailureAnswer> WithBody { get; } =
    [
        new(413, $"The body is over {BodyLimits.Api / (1024 * 1024)} MiB", Json, SchemaNames.Error,
            $$"""{"message":"The request body must be {{BodyLimits.Api}} bytes or less"}"""),
        new(415, "The body does not say that it is JSON", Json, SchemaNames.Error, """{"message":"Content-Type must be application/json"}"""),
    ];

    /// <summary>Examples of the answers that routes declare themselves.</summary>
    public static IReadOnlyDictionary<int, (string Description, string Example)> Declared { get; } = new Dictionary<int, (string, string)>
    {
        [404] = ("It is not there, or not yours", """{"message":"One or both tasks not found or not owned by user"}"""),
        [412] = ("It was changed since you read it", """{"message":"It was changed since you read it: read it again"}"""),
        [422] =
            ("The Idempotency-Key was used for another request", """{"message":"This Idempotency-Key was used for another request"}"""),
        [409] =
            ("It is there already, or a request with the same Idempotency-Key is being answered",
                """{"message":"Relationship already exists between these tasks"}"""),
    };

    public JsonNode ExampleNode => Schema is null ? JsonValue.Create(Example) : JsonNode.Parse(Example)!;
}
