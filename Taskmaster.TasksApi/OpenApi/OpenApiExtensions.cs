using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.OpenApi;

internal static class OpenApiExtensions
{
    public const string JsonPath = PublicPaths.Api + "/openapi.json";
    public const string YamlPath = PublicPaths.Api + "/openapi.yaml";

    public static void AddApiDescription(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.CreateSchemaReferenceId = type => SchemaNames.IsNamed(type.Type) ? SchemaNames.Of(type.Type) : null;
            options.AddOperationTransformer<DescribeOperation>();
            options.AddDocumentTransformer<DescribeApi>();
        });
        builder.Services.AddSingleton<ApiDocument>();
        builder.Services.AddSingleton<ReferenceOutline>();
    }

    /// <summary>The description for programs, and for people a page to read it and try it on. Neither needs a token.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapGet(JsonPath, async (ApiDocument document, HttpContext context) => await PublicDocuments.SendAsync(
            context, await document.JsonAsync(), "application/json"))
            .ExcludeFromDescription();
        app.MapGet(YamlPath, async (ApiDocument document, HttpContext context) => await PublicDocuments.SendAsync(
            context, await document.YamlAsync(), "application/yaml"))
            .ExcludeFromDescription();
        app.MapReferencePage();
    }
}
