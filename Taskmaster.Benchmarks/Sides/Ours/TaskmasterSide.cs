using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Ours;

/// <summary>
/// Taskmaster itself: AuthServer and TasksApi as built, in Production, set up through their own pages and APIs by a
/// user who signs up, registers a client and writes ten tasks. (The folder is not named after it, because a namespace
/// Sides.Taskmaster would hide the project's own.)
/// </summary>
internal static class TaskmasterSide
{
    public const string OnRedis = "ours";
    public const string OnGarnet = "ours on Garnet";
    public const string WithoutShortPath = "ours, no short path";

    public const string TasksDatabase = "tasksdb";

    public const string AuthDatabase = "authdb";
    private const string NoLimit = "1000000000";

    public static async Task<Side> StartAsync(Run run) => await StartAsync(run, OnRedis, await RedisServer.StartAsync(run, OnRedis));

    public static async Task<Side> StartOnGarnetAsync(Run run) =>
        await StartAsync(run, OnGarnet, await GarnetServer.StartAsync(run, OnGarnet)) with { HasTokensInRedis = false };

    /// <summary>With <paramref name="settings"/> besides, or instead of, those that all of them have.</summary>
    public static async Task<Side> StartAsync(
        Run run, string name, RedisServer redis, IReadOnlyDictionary<string, string>? settings = null)
    {
        var postgres = await PostgresServer.StartAsync(run, name);
        await postgres.CreateDatabaseAsync(AuthDatabase);
        await postgres.CreateDatabaseAsync(TasksDatabase);

        var (port, apiPort) = (FreePort.Next(), FreePort.Next());
        var environment = Environment(port, redis, postgres, settings);

        // AuthServer first: it makes the key ring that TasksApi reads.
        var authServer = await StartServiceAsync(run, $"{name} authserver", Places.AuthServer, port, environment);
        var tasksApi = await StartServiceAsync(run, $"{name} tasksapi", Places.TasksApi, apiPort, environment);

        return await TaskmasterSetup.ApplyAsync(new Side(name, SideKind.Taskmaster, port, [authServer, tasksApi])
        {
            ApiPort = apiPort,
            Redis = redis,
            Postgres = postgres,
            HasTokensInRedis = true,
        });
    }

    /// <summary>
    /// A second AuthServer of <paramref name="ours"/> on the same stores, where every request takes the whole pipeline.
    /// Only what the short path would answer is measured with it; all else is the same.
    /// </summary>
    public static async Task<Side> WithoutShortPathAsync(Run run, Side ours)
    {
        var port = FreePort.Next();
        var settings = new Dictionary<string, string> { ["Fast__ShortPath"] = "false" };
        var server = await StartServiceAsync(
            run, WithoutShortPath, Places.AuthServer, port, Environment(ours.Port, ours.Redis!, ours.Postgres!, settings));
        return ours with { Name = WithoutShortPath, Kind = SideKind.WithoutShortPath, Port = port, Servers = [server] };
    }

    /// <summary>The API of <paramref name="ours"/> alone, asked for the tasks of one account.</summary>
    public static Side ApiFor(Side ours, TaskAccount account, int size) => ours with
    {
        Name = TaskAccount.SideName(OnRedis, size),
        Kind = SideKind.Tasks,
        Servers = [ours.Servers[1]],
        Tasks = account,
    };

    /// <summary>What all services are told; each takes what it needs.</summary>
    /// <param name="port">Of the public origin.</param>
    /// <param name="redis">Theirs.</param>
    /// <param name="postgres">Theirs, with both databases.</param>
    /// <param name="settings">Besides, or instead.</param>
    public static Dictionary<string, string> Environment(
        int port, RedisServer redis, PostgresServer postgres, IReadOnlyDictionary<string, string>? settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // The origin is AuthServer's own port, so that the sign-in can follow its redirects without Web in between.
            ["Taskmaster__PublicOrigin"] = $"http://127.0.0.1:{port}",
            ["KeyRing__EncryptionKey"] = "benchmark-key-0123456789-abcdefghijklmnopqrstuvwxyz",
            ["WebClient__Secret"] = TaskmasterSetup.WebClientSecret,
            // One client and one user make all of the load, more than anybody is let.
            ["RateLimits__token__Limit"] = NoLimit,
            ["RateLimits__introspection__Limit"] = NoLimit,
            ["RateLimits__authorize__Limit"] = NoLimit,
            ["RateLimits__signin__Limit"] = NoLimit,
            ["RateLimits__api__Limit"] = NoLimit,
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["ConnectionStrings__authdb"] = postgres.ConnectionString(AuthDatabase),
            ["ConnectionStrings__tasksdb"] = postgres.ConnectionString(TasksDatabase),
        };

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        return environment;
    }

    public static async Task<ServerProcess> StartServiceAsync(
        Run run, string name, string assembly, int port, Dictionary<string, string> environment)
    {
        var process = run.Start(Command.DotNet(name, assembly) with
        {
            Environment = new Dictionary<string, string>(environment) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" },
        });
        await process.UntilHealthyAsync(port);
        return process;
    }
}
