using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Taskmaster.ServiceDefaults;

/// <summary>How a service that asks the same few things all day is connected to Postgres.</summary>
public static class PostgresConnection
{
    /// <summary>Statements that a connection keeps; a service has fewer that recur.</summary>
    private const int KeptStatements = 100;

    /// <summary>
    /// How many batches of reads are under way at once. Reads wait for nobody's lock, so that a few connections serve all of
    /// them; a second one, so that not all wait while the rows of one are many.
    /// </summary>
    internal static readonly int MostReads = Math.Clamp(Environment.ProcessorCount, 2, 16);

    /// <summary>
    /// Connects a service's context by <see cref="ForRequests"/>, without retries: a caller is better served by a quick 503
    /// with Retry-After, and Entity Framework's exclude transactions that begin with a read. Adds <see cref="ForReads"/>
    /// to <paramref name="services"/>.
    /// </summary>
    public static void ConnectForRequests(this NpgsqlEntityFrameworkCorePostgreSQLSettings settings, IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(settings);

        settings.DisableRetry = true;
        if (settings.ConnectionString is { } connection)
        {
            settings.ConnectionString = ForRequests(connection, settings.CommandTimeout);
            services.AddSingleton(_ => ForReads(connection, settings.CommandTimeout));
        }
    }

    /// <summary>
    /// Spares every request Postgres's <c>DISCARD ALL</c>, and the parsing and planning of statements that were asked
    /// before. A connection must have nothing to discard: what the service sets or locks belongs to a transaction, or is
    /// given back. <paramref name="commandTimeout"/>, in seconds, is for a service whose commands have one of their own: a
    /// connection that has the same is not told of it by each command. What the connection string itself says stands.
    /// </summary>
    public static string ForRequests(string connectionString, int? commandTimeout = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (!connection.ShouldSerialize("No Reset On Close"))
        {
            connection.NoResetOnClose = true;
        }

        if (!connection.ShouldSerialize("Max Auto Prepare"))
        {
            connection.MaxAutoPrepare = KeptStatements;
        }

        if (commandTimeout is { } seconds && !connection.ShouldSerialize("Command Timeout"))
        {
            connection.CommandTimeout = seconds;
        }

        return connection.ConnectionString;
    }

    /// <summary>
    /// The connections for <see cref="PlainQuery{TAsked, TRow}"/>, few and kept apart from those on which a request may wait for a lock.
    /// All else is as <see cref="ForRequests"/> has it.
    /// </summary>
    public static NpgsqlDataSource ForReads(string connectionString, int? commandTimeout)
    {
        var connection = new NpgsqlConnectionStringBuilder(ForRequests(connectionString, commandTimeout));
        connection.MaxPoolSize = Math.Min(connection.MaxPoolSize, MostReads);
        connection.MinPoolSize = Math.Min(connection.MinPoolSize, connection.MaxPoolSize);
        return new NpgsqlDataSourceBuilder(connection.ConnectionString)
            .ConfigureTracing(tracing => tracing.ConfigureBatchEnrichmentCallback(StatementSpans.Began))
            .Build();
    }
}
