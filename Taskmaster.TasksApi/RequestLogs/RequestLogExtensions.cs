using Taskmaster.ServiceDefaults.Names;
using Taskmaster.ServiceDefaults.RequestLogs;

namespace Taskmaster.TasksApi.RequestLogs;

internal static class RequestLogExtensions
{
    public static void AddClientRequestLog(this WebApplicationBuilder builder)
    {
        builder.AddRequestLog();
        builder.Services.AddSingleton<ClientRequestLog>();
    }

    /// <summary>Notes requests to the API for the owners of the clients that make them, once they are answered, errors included.</summary>
    public static void UseRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ClientRequestLog>();
        app.Use((context, next) =>
            context.Request.Path.StartsWithSegments(PublicPaths.Api, StringComparison.OrdinalIgnoreCase)
                ? NoteAsync(context, next, log)
                : next(context));
    }

    private static async Task NoteAsync(HttpContext context, RequestDelegate next, ClientRequestLog log)
    {
        // An answer to an exception forgets the route.
        var endpoint = context.GetEndpoint();
        await next(context);
        log.Note(context, endpoint);
    }
}
