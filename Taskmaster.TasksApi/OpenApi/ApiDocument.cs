using System.Text;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>The API's description, made from the routes once and kept as JSON and YAML.</summary>
internal sealed class ApiDocument
{
    /// <summary>ASP.NET Core tells documents apart by name; there is one.</summary>
    public const string Name = "v1";

    private readonly Lazy<Task<Written>> _written;

    public ApiDocument([FromKeyedServices(Name)] IOpenApiDocumentProvider provider) => _written = new(() => WriteAsync(provider));

    public async Task<byte[]> JsonAsync() => (await _written.Value).Json;

    public async Task<byte[]> YamlAsync() => (await _written.Value).Yaml;

    private static async Task<Written> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        return new(
            Encoding.UTF8.GetBytes(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)),
            Encoding.UTF8.GetBytes(await document.SerializeAsYamlAsync(OpenApiSpecVersion.OpenApi3_1)));
    }

    private sealed record Written(byte[] Json, byte[] Yaml);
}
