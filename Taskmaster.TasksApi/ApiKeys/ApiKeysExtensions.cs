using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.ApiKeys;

internal static class ApiKeysExtensions
{
    /// <summary>Takes the API keys that users make for themselves at AuthServer.</summary>
    public static void AddApiKeys(this WebApplicationBuilder builder)
    {
        // The key ring reads the same database and reports on its health.
        builder.AddNpgsqlDbContext<ApiKeysDbContext>(
            ResourceNames.AuthDb,
            settings =>
            {
                settings.DisableHealthChecks = true;
                settings.Connect(ConnectionBudget.ApiKeys);
            },
            options => options.UseSnakeCaseNamingConvention());

        builder.Services.AddSingleton<ApiKeyLookup>();
        builder.Services.AddWriteBehind<ApiKeyUse>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
    }

    public static bool HasApiKey(this HttpRequest request) => request.Headers.ContainsKey(ApiKeyFormat.Header);
}
