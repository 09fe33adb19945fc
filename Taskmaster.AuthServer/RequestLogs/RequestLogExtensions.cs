using Taskmaster.ServiceDefaults.RequestLogs;

namespace Taskmaster.AuthServer.RequestLogs;

internal static class RequestLogExtensions
{
    public static void AddClientRequestLog(this WebApplicationBuilder builder)
    {
        builder.AddRequestLog();
        builder.Services.AddSingleton<ClientRequestLog>();
    }

    public static void UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<RequestLogMiddleware>();
}
