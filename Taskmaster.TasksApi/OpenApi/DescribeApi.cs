using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>The document as a whole: where the API is, how to be let in, its schemas and tags.</summary>
internal sealed class DescribeApi(PublicOrigin origin) : IOpenApiDocumentTransformer
{
    // An SDK's method is task.list(), not task.listTasks(); as in the original.
    private static readonly string[] Verbs = ["list", "create", "update", "delete", "get"];

    public async Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Taskmaster API",
            Version = "1.0.0",
            Description = "Projects, tasks and how tasks relate to each other. Every call is about one user: the one who allowed it, or "
                + "the one who owns the application or the API key.",
            Contact = new() { Name = "API Support", Url = new Uri(origin.Uri, "/docs") },
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new() { Url = origin.Value + PublicPaths.Api, Description = "This server" }];
        document.Tags = OperationTexts.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        SecuritySchemes.AddTo(document, origin);

        // The server's address has the base path, so that the paths are the original's.
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths)
        {
            paths[path[PublicPaths.Api.Length..]] = item;
        }

        document.Paths = paths;

        foreach (var failure in new[] { typeof(ErrorResponse), typeof(BearerErrorBody), typeof(Outage) })
        {
            document.AddComponent(SchemaNames.Of(failure), await context.GetOrCreateSchemaAsync(failure, null, cancellationToken));
        }

        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            Complete(name, (OpenApiSchema)schema);
        }

        (document.Extensions ??= new Dictionary<string, IOpenApiExtension>())["x-speakeasy-name-override"] = new JsonNodeExtension(
            new JsonArray(
                [.. Verbs.Select(verb => new JsonObject { ["operationId"] = $"^{verb}.*", ["methodNameOverride"] = verb })]));
    }

    private static void Complete(string name, OpenApiSchema schema)
    {
        if (schema.Enum is { Count: > 0 })
        {
            schema.Type = JsonSchemaType.String;
            return;
        }

        if (name is SchemaNames.Problem)
        {
            schema.Required = schema.Properties!.Keys.ToHashSet();
            schema.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
            return;
        }

        FieldTexts.Tell(schema);

        // Of what we write, every field is always there; only what is wrong with single fields may have nothing to say.
        if (ResourceFields.Has(name) || name is SchemaNames.AccessError)
        {
            schema.Required = schema.Properties!.Keys.ToHashSet();
        }
        else if (name is SchemaNames.Error)
        {
            schema.Required = new HashSet<string> { "message" };
            ((OpenApiSchema)schema.Properties!["errors"]).Type = JsonSchemaType.Object;
        }

        foreach (var (field, rules) in ResourceFields.Has(name) ? ResourceFields.Of(name) : [])
        {
            if (rules.MaxLength > 0)
            {
                ((OpenApiSchema)schema.Properties![field]).MaxLength = rules.MaxLength;
            }
        }
    }
}
