using System.Text.Json;
using System.Text.Json.Serialization;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>RFC 9728: what a client that knows only the API's address needs in order to get a token for it.</summary>
internal sealed record ResourceMetadata(
    string Resource, IReadOnlyList<string> AuthorizationServers, IReadOnlyList<string> ScopesSupported,
    IReadOnlyList<string> BearerMethodsSupported, IReadOnlyList<string> DpopSigningAlgValuesSupported, string ResourceDocumentation)
{
    public static void Map(WebApplication app)
    {
        var origin = app.Services.GetRequiredService<PublicOrigin>();
        var json = JsonSerializer.SerializeToUtf8Bytes(
            Of(origin), app.Services.GetRequiredService<JsonSerializerContext>().GetTypeInfo(typeof(ResourceMetadata))!);
        app.MapGet(
            PublicPaths.ProtectedResourceMetadata,
            (HttpContext context) => PublicDocuments.SendAsync(context, json, "application/json"))
            .ExcludeFromDescription();
    }

    public static string AddressOn(PublicOrigin origin) => origin.Value + PublicPaths.ProtectedResourceMetadata;

    private static ResourceMetadata Of(PublicOrigin origin) => new(
        origin.TasksApiAudience,
        [origin.Value],
        [TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite],
        ["header"],
        DpopNames.Algorithms,
        $"{origin.Value}{PublicPaths.ApiPages}/");
}
