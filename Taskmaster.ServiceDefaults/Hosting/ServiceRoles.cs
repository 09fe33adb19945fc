using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Grants the services' own roles in Postgres (deploy/postgres/roles.sql) what they need of a database, and no more, by the
/// embedded file <c>Grants.sql</c> of the service whose migrations own the database. A migration applies it, so that no table
/// is without its grants. A role that does not exist is left out: where all services connect as the owner, nothing is granted.
/// </summary>
public static class ServiceRoles
{
    private const string File = "Grants.sql";

    /// <typeparam name="TContext">The context whose assembly has the file.</typeparam>
    public static async Task GrantAsync<TContext>(this DatabaseFacade database, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(database);

        await using var file = typeof(TContext).Assembly.GetManifestResourceStream(File)
            ?? throw new InvalidOperationException($"{typeof(TContext).Assembly.GetName().Name} has no embedded {File}.");
        using var text = new StreamReader(file);
        await database.ExecuteSqlRawAsync(await text.ReadToEndAsync(cancellationToken), cancellationToken);
    }
}
