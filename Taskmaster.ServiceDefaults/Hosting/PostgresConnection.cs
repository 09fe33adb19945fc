using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>How a service that repeats the same few statements is connected to Postgres, and its timeouts.</summary>
public static class PostgresConnection
{
    /// <summary>How long a request waits for a query that runs on a connection of its own and may go on without the request.</summary>
    public static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(2.25);

    /// <summary>How long a request waits for a connection of the pool.</summary>
    private const int ConnectionTimeoutSeconds = 2;

    /// <summary>
    /// How long a request waits for the answer to a command. Longer than <see cref="QueryTimeout"/>: when a command times out,
    /// Npgsql asks Postgres on a new connection to cancel it, and blocks a thread meanwhile. A caller whose query can go on
    /// without it is answered before that.
    /// </summary>
    private const int CommandTimeoutSeconds = 3;

    /// <summary>
    /// Npgsql's value for closing the connection of a command that timed out at once, instead of waiting until Postgres
    /// confirms that the command is cancelled.
    /// </summary>
    private const int NoCancellationWait = -1;

    /// <summary>How many prepared statements a connection keeps: more than a service has statements that recur.</summary>
    private const int PreparedStatements = 100;

    /// <summary>
    /// How many batches of reads are under way at once. Reads wait for no lock, so a few connections serve all
    /// of them. There are two at least, so that one batch with many rows does not hold up all others.
    /// </summary>
    internal static readonly int MostReads = Math.Clamp(Environment.ProcessorCount, 2, ConnectionBudget.Reads);

    /// <summary>
    /// Connects a service's own context by <see cref="ForRequests"/>, and adds <see cref="ForReads"/> to
    /// <paramref name="services"/>.
    /// </summary>
    public static void ConnectForRequests(this NpgsqlEntityFrameworkCorePostgreSQLSettings settings, IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(settings);

        if (settings.ConnectionString is { } connection)
        {
            services.AddSingleton(_ => ForReads(connection, settings.CommandTimeout));
        }

        settings.Connect(ConnectionBudget.Requests);
    }

    /// <summary>
    /// Connects a context by <see cref="ForRequests"/>, without retries: a caller is better served by a quick 503 with
    /// Retry-After, and Entity Framework's exclude transactions that begin with a read.
    /// </summary>
    public static void Connect(this NpgsqlEntityFrameworkCorePostgreSQLSettings settings, int mostConnections)
    {
        ArgumentNullException.ThrowIfNull(settings);

        settings.DisableRetry = true;
        if (settings.ConnectionString is { } connection)
        {
            settings.ConnectionString = ForRequests(connection, settings.CommandTimeout, mostConnections);
        }
    }

    /// <summary>
    /// Spares every request Postgres's <c>DISCARD ALL</c>, and the parsing and planning of statements that were asked
    /// before. A connection must have nothing to discard: what the service sets or locks belongs to a transaction, or is
    /// given back. The timeouts are the ones above; <paramref name="commandTimeout"/>, in seconds, replaces that of commands
    /// where a service sets its own, so that Npgsql need not apply it to every command. What the connection string itself
    /// says stands.
    /// </summary>
    public static string ForRequests(string connectionString, int? commandTimeout = null, int mostConnections = ConnectionBudget.Requests)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        Unless("No Reset On Close", () => connection.NoResetOnClose = true);
        Unless("Max Auto Prepare", () => connection.MaxAutoPrepare = PreparedStatements);
        Unless("Maximum Pool Size", () => connection.MaxPoolSize = Math.Max(mostConnections, connection.MinPoolSize));
        Unless("Timeout", () => connection.Timeout = ConnectionTimeoutSeconds);
        Unless("Command Timeout", () => connection.CommandTimeout = commandTimeout ?? CommandTimeoutSeconds);
        Unless("Cancellation Timeout", () => connection.CancellationTimeout = NoCancellationWait);
        return connection.ConnectionString;

        void Unless(string said, Action set)
        {
            if (!connection.ShouldSerialize(said))
            {
                set();
            }
        }
    }

    /// <summary>
    /// The connections for reads that only Npgsql is asked for, few and kept apart from those on which a request may wait for a lock.
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

    /// <summary>
    /// The result of <paramref name="query"/>, or an <see cref="NpgsqlException"/> after <see cref="QueryTimeout"/>. The query
    /// then goes on without the request, so it must use nothing that is disposed with the request.
    /// </summary>
    public static async Task<T> WithQueryTimeoutAsync<T>(this Task<T> query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);

        try
        {
            return await query.WaitAsync(QueryTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new NpgsqlException("Postgres did not answer in time.", exception);
        }
    }
}
