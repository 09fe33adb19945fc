using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Taskmaster.ServiceDefaults;

/// <summary>The few queries whose cost is mostly Entity Framework's, read by Npgsql itself (docs/decisions/0010).</summary>
public static class PlainSql
{
    /// <summary>
    /// The rows of <paramref name="sql"/>, on the context's own connection, which no transaction may hold, and within its
    /// command timeout. Parameters are $1, $2 and so on. An outage is an <see cref="NpgsqlException"/>, as it is inside
    /// Entity Framework's.
    /// </summary>
    public static async Task<List<T>> ReadAsync<T>(
        this DatabaseFacade database, string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            command.CommandTimeout = database.GetCommandTimeout() ?? command.CommandTimeout;

            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await row.ReadAsync(cancellationToken))
            {
                rows.Add(read(row));
            }

            return rows;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }
}
