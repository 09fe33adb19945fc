using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>Completes what ASP.NET Core reads from a route: texts, body, who may call it, every answer, examples.</summary>
internal sealed class DescribeOperation : IOpenApiOperationTransformer
{
    private const string Json = "application/json";
    private const string EventStream = "text/event-stream";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).ToList();

        Tell(operation, document);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            Tell(parameter, document);
        }

        var answers = operation.Responses ??= [];
        foreach (var (status, answer) in answers)
        {
            var code = int.Parse(status, CultureInfo.InvariantCulture);
            Complete((OpenApiResponse)answer, code);
            if (ParameterTexts.Headers.TryGetValue(code, out var header))
            {
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = header.Name,
                    In = ParameterLocation.Header,
                    Description = header.Description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }
        }

        foreach (var failure in FailureAnswer.Everywhere)
        {
            Add(answers, failure, document);
        }

        if (policies.OfType<AdminRole>().Any())
        {
            Add(answers, FailureAnswer.Forbidden, document);
        }

        if (metadata.OfType<BodyMetadata>().SingleOrDefault() is { } body)
        {
            operation.RequestBody = BodyOf(body, document);
            foreach (var failure in FailureAnswer.WithBody)
            {
                Add(answers, failure, document);
            }
        }

        operation.Responses = [];
        foreach (var (status, answer) in answers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            operation.Responses[status] = answer;
        }

        operation.Security = SecuritySchemes.Either(document, policies.OfType<TaskScope>().Single().Scope);
        return Task.CompletedTask;
    }

    private static void Tell(OpenApiOperation operation, OpenApiDocument document)
    {
        if (OperationTexts.Of.TryGetValue(operation.OperationId ?? "", out var texts))
        {
            operation.Summary = texts.Summary;
            operation.Description = texts.Description;
            operation.Tags = new HashSet<OpenApiTagReference> { new(texts.Tag, document) };
        }
    }

    private static void Tell(OpenApiParameter parameter, OpenApiDocument document)
    {
        if (ParameterTexts.Of.TryGetValue(parameter.Name ?? "", out var texts))
        {
            parameter.Description = texts.Description;
            parameter.Example = texts.Example?.DeepClone();
            parameter.Schema = texts.Schema?.Invoke(document) ?? parameter.Schema;
        }
    }

    private static void Complete(OpenApiResponse answer, int status)
    {
        if (status == StatusCodes.Status404NotFound && answer.Content is not { Count: > 0 })
        {
            answer.Content =
                new Dictionary<string, OpenApiMediaType> { [FailureAnswer.NotFound.MediaType] = PlainText(FailureAnswer.NotFound) };
            answer.Description = FailureAnswer.NotFound.Description;
            return;
        }

        if (FailureAnswer.Declared.TryGetValue(status, out var declared))
        {
            answer.Description = declared.Description;
            Show(answer, _ => JsonNode.Parse(declared.Example));
            return;
        }

        if (answer.Content?.TryGetValue(EventStream, out var stream) == true)
        {
            // OpenAPI 3.1 has no words for events one after another; ASP.NET Core describes a single one as if it were JSON.
            stream.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            stream.Example = Examples.Stream;
            return;
        }

        if (status is >= 200 and < 300)
        {
            answer.Headers = (answer.Content?.TryGetValue(Json, out var content) == true ? content.Schema : null) switch
            {
                OpenApiSchema { Items: not null } when status == StatusCodes.Status200OK =>
                    Header("Link", "`rel=\"next\"`: where the rest is (RFC 8288)", JsonSchemaType.String),
                OpenApiSchemaReference => Header("ETag", "The state it is in (RFC 9110 §8.8.3)", JsonSchemaType.String),
                _ => answer.Headers,
            };
            Show(answer, schema => schema switch
            {
                OpenApiSchemaReference { Reference.Id: { } name } => Examples.Of(name),
                OpenApiSchema { Items: OpenApiSchemaReference { Reference.Id: { } name } } => new JsonArray(Examples.Of(name)),
                _ => null,
            });
        }
    }

    private static void Show(OpenApiResponse answer, Func<IOpenApiSchema?, JsonNode?> example)
    {
        foreach (var content in answer.Content?.Values.AsEnumerable() ?? [])
        {
            content.Example = example(content.Schema);
        }
    }

    private static void Add(OpenApiResponses answers, FailureAnswer failure, OpenApiDocument document)
    {
        var status = failure.Status.ToString(CultureInfo.InvariantCulture);
        if (!answers.TryGetValue(status, out var known) || known is not OpenApiResponse answer)
        {
            answers[status] = answer = new OpenApiResponse { Content = new Dictionary<string, OpenApiMediaType>() };
        }

        answer.Description = answer.Description is { Length: > 0 } said && failure.Schema is null
            ? $"{said}. {failure.Description}"
            : failure.Description;
        answer.Content![failure.MediaType] = failure.Schema is null
            ? PlainText(failure)
            : new OpenApiMediaType { Schema = new OpenApiSchemaReference(failure.Schema, document), Example = failure.ExampleNode };

        if (failure.Status == StatusCodes.Status401Unauthorized)
        {
            answer.Headers = Header("WWW-Authenticate", "RFC 6750 §3", JsonSchemaType.String);
        }
        else if (failure.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            answer.Headers = Header("Retry-After", "Seconds", JsonSchemaType.Integer);
        }
    }

    private static OpenApiMediaType PlainText(FailureAnswer failure) =>
        new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = failure.ExampleNode };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string description, JsonSchemaType type) => new()
    {
        [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } },
    };

    private static OpenApiRequestBody BodyOf(BodyMetadata body, OpenApiDocument document)
    {
        document.AddComponent(body.Name, BodySchema.Of(body, document));
        return new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Json] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(body.Name, document),
                    Example = Examples.Of(body.Name)
                },
            },
        };
    }
}
