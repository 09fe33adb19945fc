using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Taskmaster.ServiceDefaults.KeyRing;

/// <summary>
/// At the very first start of all services, holds this one back until the service that generates the keys has made the first.
/// Without it a start that goes well would log errors, because Data Protection reads the key ring while the service starts.
/// Waits for <see cref="Longest"/> at most, and not at all for a database that is away: then the key ring is read when needed.
/// </summary>
internal sealed class AwaitFirstKey(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var keyRing = scope.ServiceProvider.GetRequiredService<KeyRingDbContext>();
        try
        {
            while (!await HasKeyAsync(keyRing, cancellationToken) && clock.GetElapsedTime(started) < Longest)
            {
                await Task.Delay(Between, clock, cancellationToken);
            }
        }
        catch (Exception exception)
            when (exception is NpgsqlException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException })
        {
            // An outage at the start is the health check's to tell, and no reason not to start.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Two questions: a statement that names a table which does not exist, or may not be read yet, is an error, and is logged as one.
    /// </summary>
    private static async Task<bool> HasKeyAsync(KeyRingDbContext keyRing, CancellationToken cancellationToken) =>
        await keyRing.Database
            .SqlQuery<bool>($"""SELECT coalesce(has_table_privilege(to_regclass('data_protection_keys'), 'SELECT'), false) AS "Value" """)
            .SingleAsync(cancellationToken)
        && await keyRing.DataProtectionKeys.AnyAsync(cancellationToken);
}
