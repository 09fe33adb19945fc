using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Events;

internal static class EventExtensions
{
    /// <summary>Streams of what changes, fed from the log that triggers of tasksdb write.</summary>
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new RowRetention(ChangeConfiguration.Table, "at", Change.Retention));
        builder.Services.AddScoped<ChangeReader>();
        builder.Services.AddScoped<EventStream>();
        builder.Services.AddSingleton<ChangeWatch>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChangeWatch>());
    }
}
