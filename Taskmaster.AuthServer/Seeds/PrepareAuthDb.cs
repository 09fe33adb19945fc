using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// Prepares authdb before the first request, or waits for the command that does (<see cref="SchemaMigration"/>).
/// </summary>
internal sealed class PrepareAuthDb(
    AuthDbPreparation preparation, IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock,
    ILogger<PrepareAuthDb> logger)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (configuration.RunsAtStart())
        {
            _ = await preparation.RunAsync(cancellationToken);
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database.WaitForMigrationAsync(clock, logger, cancellationToken);

        // The signing keys are in memory before the first request, whoever made them.
        await scope.ServiceProvider.GetRequiredService<KeyRotation>().MaintainAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
