using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.ServiceDefaults.Hosting;

public static class WriteBehindExtensions
{
    /// <summary>Adds a <see cref="BackgroundWrites{TKey, TValue}"/> for those who note, and as what runs beside them.</summary>
    public static void AddWriteBehind<T>(this IServiceCollection services) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(static provider => provider.GetRequiredService<T>());
    }
}
