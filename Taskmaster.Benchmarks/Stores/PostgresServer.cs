using System.Globalization;
using Npgsql;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>A Postgres of one side alone, with its default durability, and every statement counted (pg_stat_statements).</summary>
internal sealed class PostgresServer(ServerProcess process, int port)
{
    public ServerProcess Process => process;

    public int Port => port;

    public static async Task<PostgresServer> StartAsync(Run run, string side)
    {
        var port = FreePort.Next();
        var folder = run.NewFolder(side + "-postgres");
        await StoreCommands.InitializePostgresAsync(folder);

        var command = StoreCommands.Postgres(
            side + "-postgres", port, folder, "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_utility=off");
        var server = new PostgresServer(run.Start(command), port);
        await server.Process.UntilAsync(server.AnswersAsync);
        await server.ExecuteAsync("CREATE EXTENSION pg_stat_statements");
        return server;
    }

    /// <summary>
    /// With what Taskmaster's services add to theirs: nothing is reset between requests, and statements are kept prepared.
    /// </summary>
    public string TunedConnectionString(string database) => ConnectionString(database) + ";No Reset On Close=true;Max Auto Prepare=100";

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database}";

    public Task CreateDatabaseAsync(string name) => ExecuteAsync($"CREATE DATABASE {name}");

    public async Task<long> ReadNumberAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<string> VersionAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        return connection.PostgreSqlVersion.ToString();
    }

    public Task ForgetStatementsAsync() => ExecuteAsync("SELECT pg_stat_statements_reset()");

    /// <summary>The first column of every row.</summary>
    public async Task<IReadOnlyList<string>> ReadTextsAsync(string sql, string database)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await row.ReadAsync())
        {
            texts.Add(row.GetString(0));
        }

        return texts;
    }

    /// <summary>Statements since they were last forgotten, in all databases but the one these queries use.</summary>
    public Task<long> StatementCountAsync() => ReadNumberAsync(
        """
        SELECT COALESCE(sum(calls), 0)::bigint
        FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
        WHERE d.datname <> 'postgres'
        """);

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false;Command Timeout=120");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await ReadNumberAsync("SELECT 1") == 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
