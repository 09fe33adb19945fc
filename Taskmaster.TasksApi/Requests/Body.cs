using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// A JSON request body, read, or the answer that says why it could not be. Members nobody asks for are ignored, so that
/// <c>created_by</c>, <c>id</c> and the like can never reach an entity.
/// </summary>
internal sealed class Body<T> : IBody, IEndpointParameterMetadataProvider where T : class, IRequestBody<T>
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private Body(T? value, InvalidRequest? problem)
    {
        Value = value!;
        Problem = problem;
    }

    /// <summary>Null only when there is a <see cref="Problem"/>.</summary>
    [NotNull]
    public T Value { get; }

    public InvalidRequest? Problem { get; }

    /// <summary>Found by minimal APIs, which read the parameter through it.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        if (BodyFormat.ProblemOf(context.Request) is { } unread)
        {
            return new(null, unread);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new(null, InvalidRequest.Because("The request body must be a JSON object"));
            }

            var fields = new JsonFields(document.RootElement);
            var value = T.Read(fields);
            return new(value, fields.Problem);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member's name is no text, such as half of a surrogate pair.
            return new(null, InvalidRequest.Because("Invalid JSON in request body"));
        }
    }

    /// <summary>
    /// Not <c>AcceptsMetadata</c>: routing would answer another content type itself, before the caller is known and without a body.
    /// </summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new BodyMetadata(typeof(T).Name, static fields => T.Read(fields)));
}
