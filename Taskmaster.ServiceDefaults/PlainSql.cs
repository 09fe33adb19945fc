using Npgsql;

namespace Taskmaster.ServiceDefaults;

/// <summary>The few queries whose cost is mostly Entity Framework's, read by Npgsql itself (docs/decisions/0010).</summary>
public static class PlainSql
{
    /// <summary>
    /// The rows of <paramref name="sql"/>, on a connection of its own and so outside of every transaction. Parameters are
    /// $1, $2 and so on. An outage is an <see cref="NpgsqlException"/>, as it is inside Entity Framework's.
    /// </summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlDataSource database, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(read);

        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);

        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
        {
            rows.Add(read(row));
        }

        return rows;
    }
}
