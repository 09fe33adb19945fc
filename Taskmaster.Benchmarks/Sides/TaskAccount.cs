using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>An account with a given number of tasks, and a token that acts for it.</summary>
internal sealed record TaskAccount(PostgresServer Postgres, string Token, string Owner, string Project, int Size, IReadOnlyList<string> Ids)
{
    private const string CreatedTitle = "Created by the benchmark";

    /// <summary>More different tasks than this are not read or written.</summary>
    private const int MostIds = 1000;

    /// <summary>The body of a request that creates a task.</summary>
    public string NewTask { get; } =
        new JsonObject { ["title"] = CreatedTitle, ["description"] = "Update the authorization code flow docs", ["project_id"] = Project }.ToJsonString();

    /// <summary>A new user with a client, a project, and in it so many tasks, made an hour ago, one a millisecond.</summary>
    public static async Task<TaskAccount> CreateAsync(Side side, int size)
    {
        using var http = new HttpClient();
        using var browser = new Browser(side.Port);
        var client = await TaskmasterSetup.RegisterClientAsync(http, side, browser, $"owner-of-{size}@example.com");
        var (token, project) = await TaskmasterSetup.BeginProjectAsync(http, side, client);
        var (owner, projectId) = ((string)project["created_by"]!, (string)project["id"]!);

        // Version 7 ids, as the API makes them: the time in milliseconds, then chance.
        await side.Postgres!.ExecuteAsync(
            $"""
            SET session_replication_role = replica;
            INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at, version)
                SELECT overlay(lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || substr(replace(gen_random_uuid()::text, '-', ''), 13)
                           PLACING '7' FROM 13)::uuid,
                       '{owner}', '{projectId}', 'Review API documentation ' || n, 'Update the authorization code flow docs', 'todo', at, at, 1
                FROM (SELECT n, now() - interval '1 hour' + n * interval '1 ms' AS at FROM generate_series(1, {size}) n) AS made;
            """,
            TaskmasterSide.TasksDatabase);
        var ids = await side.Postgres.ReadTextsAsync(
            $"SELECT id::text FROM tasks WHERE owner_id = '{owner}' ORDER BY random() LIMIT {MostIds}", TaskmasterSide.TasksDatabase);
        return new TaskAccount(side.Postgres, token, owner, projectId, size, ids);
    }

    /// <summary>Takes the account back to its size.</summary>
    public async Task ForgetCreatedAsync()
    {
        await Postgres.ExecuteAsync(
            $"SET session_replication_role = replica; DELETE FROM tasks WHERE owner_id = '{Owner}' AND title = '{CreatedTitle}'", TaskmasterSide.TasksDatabase);

        // What the server would do by itself in the middle of a round.
        await Postgres.ExecuteAsync("VACUUM ANALYZE tasks", TaskmasterSide.TasksDatabase);
    }
}
