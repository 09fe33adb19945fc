using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// Before the first request, in one traced step and one replica at a time: migrations, keys, Taskmaster's own client,
/// and in development the demo.
/// </summary>
internal sealed class PrepareAuthDb(IServiceScopeFactory scopes, IDataProtectionProvider protection) : IHostedLifecycleService
{
    // Not from the container: the one that is registered there is what ASP.NET Core begins the spans of requests with.
    private static readonly ActivitySource Activities = new(typeof(PrepareAuthDb).Assembly.GetName().Name!);

    // Any number will do, as long as nothing else in this database locks on it.
    private const long StartLock = 0x5441534B41555448;

    /// <summary>For waiting until other replicas are done as well as for a migration; both take longer than any request may.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("prepare authdb");
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();

        database.Database.SetCommandTimeout(StartTimeout);
        await database.Database.OpenConnectionAsync(cancellationToken);
        await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({StartLock})", cancellationToken);
        try
        {
            await database.Database.MigrateAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<KeyRotation>().MaintainAsync(cancellationToken);

            // Makes the first Data Protection key now, while no other replica can make another.
            _ = protection.CreateProtector(nameof(PrepareAuthDb)).Protect([]);

            await scope.ServiceProvider.GetRequiredService<WebClientSeed>().ApplyAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<DocsClientSeed>().ApplyAsync(cancellationToken);
            if (scope.ServiceProvider.GetService<DevelopmentSeed>() is { } demo)
            {
                await demo.ApplyAsync(cancellationToken);
            }
        }
        finally
        {
            await database.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({StartLock})", CancellationToken.None);
            await database.Database.CloseConnectionAsync();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
