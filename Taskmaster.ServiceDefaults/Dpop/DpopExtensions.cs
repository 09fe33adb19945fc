using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Taskmaster.ServiceDefaults.Dpop;

public static class DpopExtensions
{
    /// <summary>
    /// Needs the public origin, and the key ring that those share who issue and take the same tokens.
    /// </summary>
    public static void AddDpop(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DpopNonces>();
        services.AddSingleton<DpopProofs>();
    }
}
