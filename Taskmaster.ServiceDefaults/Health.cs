using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Taskmaster.ServiceDefaults;

/// <summary>
/// <c>/health</c>: ready, every check passes. <c>/alive</c>: the process answers, whatever its stores do.
/// Both are on the service's own port in every environment; Web does not forward them.
/// </summary>
internal static class Health
{
    public const string ReadyPath = "/health";
    public const string LivePath = "/alive";

    private const string Live = "live";

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(ReadyPath).AllowAnonymous();
        app.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).AllowAnonymous();
    }
}
