using System.Globalization;
using System.Text.Json;
using Npgsql;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults;

namespace Taskmaster.Tests.EndToEnd.LocalHost;

/// <summary>Something in Redis and something in Postgres, reached with the passwords the host keeps in its data folder.</summary>
internal static class StoredData
{
    private const string Key = "kept";

    public static Dictionary<string, string> Parameters(TemporaryFolder folder) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(folder.Of("parameters.json")))!;

    /// <summary>In the place of what was written before.</summary>
    public static async Task WriteAsync(HostProcess host, TemporaryFolder folder, string value)
    {
        await using var redis = await RedisAsync(host, folder);
        Assert.True(await redis.GetDatabase().StringSetAsync(Key, value));

        await using var postgres = await PostgresAsync(host, folder);
        await using var insert = new NpgsqlCommand($"drop table if exists {Key}; create table {Key} as select '{value}' as value", postgres);
        await insert.ExecuteNonQueryAsync();
    }

    public static async Task AssertThereAsync(HostProcess host, TemporaryFolder folder, string value)
    {
        await using var redis = await RedisAsync(host, folder);
        Assert.Equal(value, await redis.GetDatabase().StringGetAsync(Key));

        await using var postgres = await PostgresAsync(host, folder);
        await using var select = new NpgsqlCommand($"select value from {Key}", postgres);
        Assert.Equal(value, await select.ExecuteScalarAsync());
    }

    public static async Task AssertGoneAsync(HostProcess host, TemporaryFolder folder)
    {
        await using var redis = await RedisAsync(host, folder);
        Assert.True((await redis.GetDatabase().StringGetAsync(Key)).IsNull);

        await using var postgres = await PostgresAsync(host, folder);
        await using var select = new NpgsqlCommand($"select to_regclass('{Key}')::text", postgres);
        Assert.Equal(DBNull.Value, await select.ExecuteScalarAsync());
    }

    private static async Task<ConnectionMultiplexer> RedisAsync(HostProcess host, TemporaryFolder folder) =>
        await ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", host.PortOf(ResourceNames.Redis) } },
            Password = Parameters(folder)["redis-password"],
        });

    private static async Task<NpgsqlConnection> PostgresAsync(HostProcess host, TemporaryFolder folder)
    {
        var port = host.PortOf(ResourceNames.Postgres).ToString(CultureInfo.InvariantCulture);
        var connection = new NpgsqlConnection(
            $"Host=localhost;Port={port};Username=postgres;Password={Parameters(folder)["postgres-password"]};Database={ResourceNames.TasksDb};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
