using System.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Seeds;

/// <summary>
/// What authdb has before the first request, in one traced step and one process at a time: the schema, the roles' grants, keys,
/// Taskmaster's own clients, and in development the demo. Doing it again changes nothing.
/// </summary>
internal sealed class AuthDbPreparation(IServiceScopeFactory scopes, IDataProtectionProvider protection)
{
    // Not from the container: the one that is registered there is what ASP.NET Core begins the spans of requests with.
    private static readonly ActivitySource Activities = new(typeof(AuthDbPreparation).Assembly.GetName().Name!);

    // Any number will do, as long as nothing else in this database locks on it.
    private const long Turn = 0x5441534B41555448;

    /// <summary>For waiting until other replicas are done as well as for a migration; both take longer than any request may.</summary>
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    /// <returns>The migrations that were applied.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("prepare authdb");
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database;

        database.SetCommandTimeout(StatementTimeout);
        await database.OpenConnectionAsync(cancellationToken);
        await database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Turn})", cancellationToken);
        try
        {
            var missing = await database.GetMissingMigrationsAsync(cancellationToken);
            await database.MigrateAsync(cancellationToken);
            await database.GrantAsync<AuthDbContext>(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<KeyRotation>().MaintainAsync(cancellationToken);

            // Makes the first Data Protection key now, while no other replica can make another.
            _ = protection.CreateProtector(nameof(AuthDbPreparation)).Protect([]);

            await scope.ServiceProvider.GetRequiredService<WebClientSeed>().ApplyAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<McpClientSeed>().ApplyAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<DocsClientSeed>().ApplyAsync(cancellationToken);
            if (scope.ServiceProvider.GetService<DevelopmentSeed>() is { } demo)
            {
                await demo.ApplyAsync(cancellationToken);
            }

            return missing;
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Turn})", CancellationToken.None);
            await database.CloseConnectionAsync();
        }
    }
}
