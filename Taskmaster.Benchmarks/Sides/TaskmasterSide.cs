using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>
/// Taskmaster itself: AuthServer and TasksApi as built, in Production, set up through their own pages and APIs by a
/// user who signs up, registers a client and writes ten tasks.
/// </summary>
internal static class TaskmasterSide
{
    public const string OnRedis = "ours";
    public const string OnGarnet = "ours on Garnet";

    private const string AuthDatabase = "authdb";
    private const string TasksDatabase = "tasksdb";

    public static async Task<Side> StartAsync(Run run, string name, RedisServer redis, IReadOnlyDictionary<string, string>? settings = null)
    {
        var postgres = await PostgresServer.StartAsync(run, name);
        await postgres.CreateDatabaseAsync(AuthDatabase);
        await postgres.CreateDatabaseAsync(TasksDatabase);

        var (port, apiPort) = (FreePort.Next(), FreePort.Next());
        var environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // The origin is AuthServer's own port, so that the sign-in can follow its redirects without Web in between.
            ["Taskmaster__PublicOrigin"] = $"http://127.0.0.1:{port}",
            ["KeyRing__EncryptionKey"] = "benchmark-key-0123456789-abcdefghijklmnopqrstuvwxyz",
            ["WebClient__Secret"] = TaskmasterSetup.WebClientSecret,
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["ConnectionStrings__authdb"] = postgres.ConnectionString(AuthDatabase),
            ["ConnectionStrings__tasksdb"] = postgres.ConnectionString(TasksDatabase),
        };

        // AuthServer first: it makes the key ring that TasksApi reads.
        var authServer = await StartServiceAsync(run, $"{name} authserver", Places.AuthServer, port, environment);
        var tasksApi = await StartServiceAsync(run, $"{name} tasksapi", Places.TasksApi, apiPort, environment);

        var side = new Side(name, SideFlows.Taskmaster, port, [authServer, tasksApi]) { ApiPort = apiPort, Redis = redis, Postgres = postgres };
        return await TaskmasterSetup.ApplyAsync(side);
    }

    private static async Task<ServerProcess> StartServiceAsync(Run run, string name, string assembly, int port, Dictionary<string, string> environment)
    {
        var command = Command.DotNet(name, assembly) with
        {
            Environment = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" },
        };
        var process = run.Start(command, Cores.Server);
        await Wait.UntilHealthyAsync(process, port);
        return process;
    }
}
