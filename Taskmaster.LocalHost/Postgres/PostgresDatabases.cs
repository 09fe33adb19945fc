using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Taskmaster.LocalHost.Postgres;

internal static class PostgresDatabases
{
    /// <summary>Creates the database unless it is there.</summary>
    public static async Task CreateAsync(PostgresDatabaseResource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(PostgresCheck.Quick(database.Parent.ConnectionString()));
            await connection.OpenAsync(cancellationToken);
            await using var create = connection.CreateCommand();
            create.CommandText = $"CREATE DATABASE \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            _ = await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // It is there, which is what was asked for.
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new DistributedApplicationException(
                $"'{database.Parent.Name}' refuses the password: its data was made with another one. Give that one as Parameters:{database.Parent.PasswordParameter.Name}, or start with `-- --fresh` to begin with empty data.", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new DistributedApplicationException($"The database '{database.DatabaseName}' could not be created: {exception.Message}", exception);
        }
    }
}
