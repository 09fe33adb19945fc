using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.Ours;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Board;

/// <summary>All of Taskmaster as built, in Production, with Web as the public origin: what a browser sees.</summary>
internal sealed record BoardSite(Uri Origin, PostgresServer Postgres)
{
    private const string Name = "board";

    public static async Task<BoardSite> StartAsync(Run run)
    {
        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await PostgresServer.StartAsync(run, Name);
        await postgres.CreateDatabaseAsync(TaskmasterSide.AuthDatabase);
        await postgres.CreateDatabaseAsync(TaskmasterSide.TasksDatabase);

        var (web, port, apiPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var environment = TaskmasterProcess.Environment(web, redis, postgres, settings: null);

        // AuthServer first: it makes the key ring that the others read.
        await TaskmasterProcess.StartAsync(run, TaskmasterProcess.AuthServer(Name), Places.AuthServer, port, environment);
        await TaskmasterProcess.StartAsync(run, TaskmasterProcess.TasksApi(Name), Places.TasksApi, apiPort, environment);
        var services = new Side(Name, SideKind.Taskmaster, port, []) { ApiPort = apiPort };
        await TaskmasterProcess.StartWebAsync(run, Name, web, services, environment);
        return new(new Uri($"http://127.0.0.1:{web}"), postgres);
    }

    /// <summary>Copies the one task that is there, so that its owner has so many in each column of a board.</summary>
    public Task FillAsync(int each) => Postgres.ExecuteAsync(
        $"""
        INSERT INTO tasks
        SELECT copy.* FROM tasks, generate_series(1, {each}) AS number,
            unnest(ARRAY['backlog', 'triage', 'todo', 'in_progress', 'done']) AS wanted,
            jsonb_populate_record(tasks, jsonb_build_object(
                'id', gen_random_uuid(), 'status', wanted, 'title', 'Review the ' || wanted || ' of chapter ' || number)) AS copy;
        """,
        TaskmasterSide.TasksDatabase);
}
