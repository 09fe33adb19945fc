using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.RequestLogs;

public static class RequestLogExtensions
{
    /// <summary>The log of clients' requests, for a service that has Redis: to note them, and to read them.</summary>
    public static void AddRequestLog(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<RequestLogOptions>()
            .BindConfiguration(RequestLogOptions.Section)
            .Validate(
                static options => options.IsValid, $"{RequestLogOptions.Section} needs a Retention from one minute to seven days.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RequestLogMetrics>();
        builder.Services.AddWriteBehind<RequestLog>();
        builder.Services.AddSingleton<RequestLogReader>();
    }
}
