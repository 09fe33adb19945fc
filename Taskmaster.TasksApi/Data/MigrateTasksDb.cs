using System.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Taskmaster.TasksApi.Data;

/// <summary>
/// Brings tasksdb to the current schema in one traced step before the service listens: hosted services start before the server does.
/// EF Core holds a lock in the database meanwhile, so replicas that start together take turns.
/// </summary>
internal sealed class MigrateTasksDb(IServiceScopeFactory scopes) : IHostedService
{
    public const string Source = "Taskmaster.TasksApi.Data";

    private static readonly ActivitySource Activities = new(Source);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("migrate tasksdb");
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
