using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.TasksApi.Data;

internal static class TasksDbExtensions
{
    /// <summary>
    /// The pooled <see cref="TasksDbContext"/>, migrated before the service takes traffic and kept free of what expired.
    /// </summary>
    public static void AddTasksDb(this WebApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<TasksDbContext>(
            ResourceNames.TasksDb,
            settings => settings.ConnectForRequests(builder.Services),
            options => options
                .UseSnakeCaseNamingConvention()
                // Constraints decide races and unknown ids; what they refuse is an answer, not an error of the service.
                .ConfigureWarnings(warnings => warnings.Log(
                    (RelationalEventId.CommandError, LogLevel.Information),
                    (CoreEventId.SaveChangesFailed, LogLevel.Information))));

        builder.Services.AddHostedService<MigrateTasksDb>();
        builder.Services.AddSingleton<ExpiredRows>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ExpiredRows>());
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(MigrateTasksDb.Source));
    }
}
