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
    public const string ThroughWeb = "ours, through Web";
    public const string OnTwoCores = "ours, two cores";

    public const string TasksDatabase = "tasksdb";

    public const string AuthDatabase = "authdb";

    /// <summary>With Web in front, whose address is the public origin: the services are measured by themselves and through it.</summary>
    public static async Task<Side> StartAsync(Run run) =>
        await StartAsync(run, OnRedis, await RedisServer.StartAsync(run, OnRedis), settings: null, web: FreePort.Next());

    public static async Task<Side> StartOnGarnetAsync(Run run)
    {
        var side = await StartAsync(run, OnGarnet, await GarnetServer.StartAsync(run, OnGarnet));
        return side with { Kind = SideKind.OtherStore, HasTokensInRedis = false };
    }

    /// <param name="run">That it belongs to.</param>
    /// <param name="name">Of the side.</param>
    /// <param name="redis">Its own.</param>
    /// <param name="settings">Besides, or instead of, those that all of them have.</param>
    /// <param name="web">The port of Web, which then is the public origin. Without it that is AuthServer, and there is no Web.</param>
    public static async Task<Side> StartAsync(
        Run run, string name, RedisServer redis, IReadOnlyDictionary<string, string>? settings = null, int? web = null)
    {
        var postgres = await PostgresServer.StartAsync(run, name);
        await postgres.CreateDatabaseAsync(AuthDatabase);
        await postgres.CreateDatabaseAsync(TasksDatabase);

        var (port, apiPort) = (FreePort.Next(), FreePort.Next());
        var side = new Side(name, SideKind.Taskmaster, port, [])
        {
            ApiPort = apiPort,
            OriginPort = web ?? port,
            Redis = redis,
            Postgres = postgres,
            HasTokensInRedis = true,
        };

        // AuthServer first: it makes the key ring that the others read.
        var environment = TaskmasterProcess.Environment(side.OriginPort, redis, postgres, settings);
        side = side with
        {
            Servers =
            [
                await TaskmasterProcess.StartAsync(run, TaskmasterProcess.AuthServer(name), Places.AuthServer, port, environment),
                await TaskmasterProcess.StartAsync(run, TaskmasterProcess.TasksApi(name), Places.TasksApi, apiPort, environment),
            ],
        };
        return await TaskmasterSetup.ApplyAsync(web is { } webPort
            ? side with { Web = await TaskmasterProcess.StartWebAsync(run, name, webPort, side, environment) }
            : side);
    }

    /// <summary>The same processes, asked by way of Web, which counts as one of them.</summary>
    public static Side BehindWeb(Side ours) => ours with
    {
        Name = ThroughWeb,
        Kind = SideKind.PublicOrigin,
        Port = ours.OriginPort,
        ApiPort = ours.OriginPort,
        Servers = [ours.Web!, .. ours.Servers],
    };

    /// <summary>
    /// A second AuthServer of <paramref name="ours"/> on the same stores, where every request takes the whole pipeline.
    /// Only what the short path would answer is measured with it; all else is the same.
    /// </summary>
    public static async Task<Side> WithoutShortPathAsync(Run run, Side ours)
    {
        var settings = new Dictionary<string, string> { ["Fast__ShortPath"] = "false" };
        return await BesideAsync(run, ours, WithoutShortPath, SideKind.WithoutShortPath, settings);
    }

    /// <summary>A second AuthServer of <paramref name="ours"/> that may use both cores, of which the load has the other.</summary>
    public static Task<Side> OnTwoCoresAsync(Run run, Side ours) =>
        BesideAsync(run, ours, OnTwoCores, SideKind.TwoCores, settings: null, Cores.Server, Cores.Load);

    /// <summary>The API of <paramref name="ours"/> alone, asked for the tasks of one account.</summary>
    public static Side ApiFor(Side ours, TaskAccount account, int size) => ours with
    {
        Name = TaskAccount.SideName(OnRedis, size),
        Kind = SideKind.Tasks,
        Servers = [ours.Servers[1]],
        Tasks = account,
    };

    private static async Task<Side> BesideAsync(
        Run run, Side ours, string name, SideKind kind, IReadOnlyDictionary<string, string>? settings, params IReadOnlyList<int> cores)
    {
        var port = FreePort.Next();
        var environment = TaskmasterProcess.Environment(ours.OriginPort, ours.Redis!, ours.Postgres!, settings);
        var server = await TaskmasterProcess.StartAsync(
            run, TaskmasterProcess.AuthServer(name), Places.AuthServer, port, environment, cores);
        return ours with { Name = name, Kind = kind, Port = port, Servers = [server] };
    }
}
