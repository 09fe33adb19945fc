using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>How a service that asks the same few things all day is connected to Postgres, and how long it waits for it.</summary>
public static class PostgresConnection
{
    /// <summary>How long what can be left to itself is waited for: a question on a connection of its own, beside the request's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.25);

    /// <summary>How long a request waits for a connection, in seconds.</summary>
    private const int SecondsForConnection = 2;

    /// <summary>
    /// And for an answer on it. More than <see cref="Patience"/>: when it is over Npgsql first asks Postgres to cancel, on a
    /// new connection and blocking a thread for as long as that may take, so that who can be told before is.
    /// </summary>
    private const int SecondsForAnswer = 3;

    /// <summary>
    /// Npgsql's word for closing the connection then, instead of waiting for Postgres to say that it gave the command up.
    /// </summary>
    private const int NoLastWord = -1;

    /// <summary>Statements that a connection keeps; a service has fewer that recur.</summary>
    private const int KeptStatements = 100;

    /// <summary>
    /// How many batches of reads are under way at once. Reads wait for nobody's lock, so that a few connections serve all of
    /// them; a second one, so that not all wait while the rows of one are many.
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
    /// given back. Waits two seconds for a connection and three for an answer, or
    /// <paramref name="commandTimeout"/>, in seconds, where a service has one of its own for its commands: a connection that
    /// has the same is not told of it by each command. What the connection string itself says stands.
    /// </summary>
    public static string ForRequests(string connectionString, int? commandTimeout = null, int mostConnections = ConnectionBudget.Requests)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        Unless("No Reset On Close", () => connection.NoResetOnClose = true);
        Unless("Max Auto Prepare", () => connection.MaxAutoPrepare = KeptStatements);
        Unless("Maximum Pool Size", () => connection.MaxPoolSize = Math.Max(mostConnections, connection.MinPoolSize));
        Unless("Timeout", () => connection.Timeout = SecondsForConnection);
        Unless("Command Timeout", () => connection.CommandTimeout = commandTimeout ?? SecondsForAnswer);
        Unless("Cancellation Timeout", () => connection.CancellationTimeout = NoLastWord);
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
    /// The result, or an <see cref="NpgsqlException"/> after <see cref="Patience"/>. The question goes on by itself: it must
    /// use nothing of the request's.
    /// </summary>
    public static async Task<T> WithPatienceAsync<T>(this Task<T> question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);

        try
        {
            return await question.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new NpgsqlException("Postgres did not answer in time.", exception);
        }
    }
}
