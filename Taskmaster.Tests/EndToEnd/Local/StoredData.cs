using System.Globalization;
using System.Text.Json;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>Something in Redis and something in Postgres, reached with the passwords the host keeps in its data folder.</summary>
internal static class StoredData
{
    private const string Key = "kept";

    public static Dictionary<string, string> Parameters(TemporaryFolder folder) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(folder.Of("parameters.json")))!;

    /// <summary>In the place of what was written before.</summary>
    public static async Task WriteAsync(TemporaryFolder folder, string value)
    {
        await using var redis = await RedisAsync(folder);
        Assert.True(await redis.GetDatabase().StringSetAsync(Key, value));

        await using var postgres = await PostgresAsync(folder);
        await using var insert = new NpgsqlCommand(
            $"drop table if exists {Key}; create table {Key} as select '{value}' as value", postgres);
        await insert.ExecuteNonQueryAsync();
    }

    public static async Task AssertThereAsync(TemporaryFolder folder, string value)
    {
        await using var redis = await RedisAsync(folder);
        Assert.Equal(value, await redis.GetDatabase().StringGetAsync(Key));

        await using var postgres = await PostgresAsync(folder);
        await using var select = new NpgsqlCommand($"select value from {Key}", postgres);
        Assert.Equal(value, await select.ExecuteScalarAsync());
    }

    public static async Task AssertGoneAsync(TemporaryFolder folder)
    {
        await using var redis = await RedisAsync(folder);
        Assert.True((await redis.GetDatabase().StringGetAsync(Key)).IsNull);

        await using var postgres = await PostgresAsync(folder);
        await using var select = new NpgsqlCommand($"select to_regclass('{Key}')::text", postgres);
        Assert.Equal(DBNull.Value, await select.ExecuteScalarAsync());
    }

    private static async Task<ConnectionMultiplexer> RedisAsync(TemporaryFolder folder) =>
        await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", RedisPort(folder) } },
            Password = Parameters(folder)["redis-password"],
        });

    /// <summary>Garnet's arguments are a line each.</summary>
    private static int RedisPort(TemporaryFolder folder)
    {
        var garnet = folder.Of("redis-garnet", "arguments");
        var port = File.Exists(garnet)
            ? File.ReadLines(garnet).SkipWhile(line => line != "--port").ElementAt(1)
            : File.ReadLines(folder.Of("redis", "redis.conf")).Single(
                line => line.StartsWith("port ", StringComparison.Ordinal))["port ".Length..];
        return int.Parse(port, CultureInfo.InvariantCulture);
    }

    /// <summary>The fourth line of postmaster.pid.</summary>
    private static string PostgresPort(TemporaryFolder folder) =>
        File.ReadLines(Path.Combine(Assert.Single(Directory.GetDirectories(folder.Of("postgres"))), "postmaster.pid")).ElementAt(3).Trim();

    private static async Task<NpgsqlConnection> PostgresAsync(TemporaryFolder folder)
    {
        var port = PostgresPort(folder);
        var connection = new NpgsqlConnection(
            $"Host=localhost;Port={port};Username=postgres;Password={Parameters(folder)["postgres-password"]};Database={ResourceNames.TasksDb};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
