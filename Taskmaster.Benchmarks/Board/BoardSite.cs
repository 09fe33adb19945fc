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

        var (web, authServer, tasksApi) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var environment = TaskmasterSide.Environment(web, redis, postgres, new Dictionary<string, string>
        {
            ["services__authserver__http__0"] = $"http://127.0.0.1:{authServer}",
            ["services__tasksapi__http__0"] = $"http://127.0.0.1:{tasksApi}",
        });

        // AuthServer first: it makes the key ring that the others read.
        await TaskmasterSide.StartServiceAsync(run, $"{Name} authserver", Places.AuthServer, authServer, environment);
        await TaskmasterSide.StartServiceAsync(run, $"{Name} tasksapi", Places.TasksApi, tasksApi, environment);

        // Where it was built there are no stylesheets and scripts: they are where its source is, until it is published.
        environment["ASPNETCORE_CONTENTROOT"] = Path.GetFullPath("../../..", Path.GetDirectoryName(Places.Web)!);
        await TaskmasterSide.StartServiceAsync(run, $"{Name} web", Places.Web, web, environment);
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
