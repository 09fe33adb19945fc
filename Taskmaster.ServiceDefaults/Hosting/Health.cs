using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// <c>/health</c>: ready, every check passes. <c>/alive</c>: the process answers, whatever its stores do.
/// Both are on the service's own port in every environment; Web does not forward them.
/// </summary>
public static class Health
{
    internal const string ReadyPath = "/health";
    internal const string LivePath = "/alive";

    private const string Live = "live";

    /// <summary>For a service whose port is public, and its health not.</summary>
    public static bool IsProbe(PathString path) => path.StartsWithSegments(ReadyPath) || path.StartsWithSegments(LivePath);

    internal static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(ReadyPath).AllowAnonymous();
        app.MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).AllowAnonymous();
    }
}
