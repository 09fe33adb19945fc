using System.Globalization;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>An account with a given number of tasks in a database, and a token that acts for it.</summary>
internal sealed record TaskAccount(PostgresServer Postgres, string Database, string Token, string ClientId, string Owner, string Project)
{
    /// <summary>How many tasks the measured accounts have.</summary>
    public const int Few = 10;
    public const int Many = 1_000;
    public const int VeryMany = 100_000;

    private const string CreatedTitle = "Created by the benchmark";

    /// <summary>More different tasks than this are not read or written.</summary>
    private const int MostIds = 1000;

    public static IReadOnlyList<int> Sizes { get; } = [Few, Many, VeryMany];

    /// <summary>Tasks to read and write one by one, at random.</summary>
    public IReadOnlyList<string> Ids { get; private init; } = [];

    /// <summary>The body of a request that creates a task.</summary>
    public string NewTask { get; } = new JsonObject
    {
        ["title"] = CreatedTitle,
        ["description"] = "Update the authorization code flow docs",
        ["project_id"] = Project,
    }.ToJsonString();

    /// <summary>What a side is called that is asked for an account of that size.</summary>
    public static string SideName(string side, int size) => string.Create(CultureInfo.InvariantCulture, $"{side}, {size:N0} tasks");

    /// <summary>The account with so many tasks in its project, made an hour ago, one a millisecond.</summary>
    public async Task<TaskAccount> FillAsync(int size)
    {
        // Version 7 ids, as the API makes them: the time in milliseconds, then chance.
        await Postgres.ExecuteAsync(
            $"""
            SET session_replication_role = replica;
            INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at, version)
                SELECT overlay(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
                               || substr(replace(gen_random_uuid()::text, '-', ''), 13) PLACING '7' FROM 13)::uuid,
                       '{Owner}', '{Project}', 'Review API documentation ' || n, 'Update the authorization code flow docs',
                       'todo', at, at, 1
                FROM (SELECT n, now() - interval '1 hour' + n * interval '1 ms' AS at FROM generate_series(1, {size}) n) AS made;
            """,
            Database);
        var ids = $"SELECT id::text FROM tasks WHERE owner_id = '{Owner}' ORDER BY random() LIMIT {MostIds}";
        return this with { Ids = await Postgres.ReadTextsAsync(ids, Database) };
    }

    /// <summary>Takes the account back to its size.</summary>
    public async Task ForgetCreatedAsync()
    {
        await Postgres.ExecuteAsync(
            $"SET session_replication_role = replica; DELETE FROM tasks WHERE owner_id = '{Owner}' AND title = '{CreatedTitle}'",
            Database);

        // What the server would do by itself in the middle of a round.
        await Postgres.ExecuteAsync("VACUUM ANALYZE tasks", Database);
    }
}
