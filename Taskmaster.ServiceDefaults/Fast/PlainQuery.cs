using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.Fast;

/// <summary>
/// One of the few statements whose cost is mostly Entity Framework's, sent by Npgsql itself; those of
/// requests that come together go to Postgres together (docs/performance.md, bars 7 and 8). To be kept: only what is asked of the
/// same query is combined. It runs on a connection of its own and so outside of every transaction.
/// </summary>
/// <param name="database">Where to ask, see <see cref="PostgresConnection.ForReads"/>.</param>
/// <param name="sql">The statement. It must only read, and wait for nobody's lock: others wait for it.</param>
/// <param name="parameters">Its parameters $1, $2 and so on.</param>
/// <param name="read">Makes something of a row.</param>
public sealed class PlainQuery<TAsked, TRow>(
    NpgsqlDataSource database, string sql, Func<TAsked, NpgsqlParameter[]> parameters, Func<NpgsqlDataReader, TRow> read)
{
    private const int MostInABatch = 16;

    private readonly Batcher<(TAsked What, ActivityContext By), List<TRow>> _batcher = new(
        MostInABatch,
        PostgresConnection.MostReads,
        asked => ReadAsync(database, sql, asked.Select(one => parameters(one.What)), asked.Select(one => one.By), read));

    /// <summary>
    /// The rows. Cancelling ends the wait for them. An outage is an <see cref="NpgsqlException"/>, as it is inside Entity Framework's.
    /// What waits behind the batches of a Postgres that hangs is told in time as well.
    /// </summary>
    public Task<List<TRow>> ReadAsync(TAsked asked, CancellationToken cancellationToken) =>
        _batcher.RunAsync((asked, StatementSpans.Asking)).WithQueryTimeoutAsync(cancellationToken);

    private static async IAsyncEnumerable<List<TRow>> ReadAsync(
        NpgsqlDataSource database,
        string sql,
        IEnumerable<NpgsqlParameter[]> asked,
        IEnumerable<ActivityContext> askers,
        Func<NpgsqlDataReader, TRow> read,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var batch = database.CreateBatch();
        foreach (var parameters in asked)
        {
            var command = new NpgsqlBatchCommand(sql);
            command.Parameters.AddRange(parameters);
            batch.BatchCommands.Add(command);
        }

        // Before the reader, so that Npgsql's span has ended when it is copied for the others.
        using var spans = StatementSpans.Of(batch, askers);
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            var rows = new List<TRow>();
            while (await row.ReadAsync(cancellationToken))
            {
                rows.Add(read(row));
            }

            yield return rows;
        }
        while (await row.NextResultAsync(cancellationToken));
    }
}
