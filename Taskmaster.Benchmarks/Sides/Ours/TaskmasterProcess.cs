using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Ours;

/// <summary>How each of Taskmaster's services is started, from what the build made of it.</summary>
internal static class TaskmasterProcess
{
    private const string NoLimit = "1000000000";

    public static string AuthServer(string side) => side + " authserver";

    public static string TasksApi(string side) => side + " tasksapi";

    public static string Web(string side) => side + " web";

    /// <summary>What all services are told; each takes what it needs.</summary>
    /// <param name="origin">The port of the public origin.</param>
    /// <param name="redis">Theirs.</param>
    /// <param name="postgres">Theirs, with both databases.</param>
    /// <param name="settings">Besides, or instead.</param>
    public static Dictionary<string, string> Environment(
        int origin, RedisServer redis, PostgresServer postgres, IReadOnlyDictionary<string, string>? settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Taskmaster__PublicOrigin"] = Address(origin),
            ["KeyRing__EncryptionKey"] = "benchmark-key-0123456789-abcdefghijklmnopqrstuvwxyz",
            ["WebClient__Secret"] = TaskmasterSetup.WebClientSecret,
            // One client and one user make all of the load, more than anybody is let.
            ["RateLimits__token__Limit"] = NoLimit,
            ["RateLimits__introspection__Limit"] = NoLimit,
            ["RateLimits__authorize__Limit"] = NoLimit,
            ["RateLimits__signin__Limit"] = NoLimit,
            ["RateLimits__api__Limit"] = NoLimit,
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["ConnectionStrings__authdb"] = postgres.ConnectionString(TaskmasterSide.AuthDatabase),
            ["ConnectionStrings__tasksdb"] = postgres.ConnectionString(TaskmasterSide.TasksDatabase),
        };

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <param name="run">That it belongs to.</param>
    /// <param name="name">Of the process.</param>
    /// <param name="assembly">Of the service.</param>
    /// <param name="port">Where it speaks HTTP in clear.</param>
    /// <param name="environment">Of <see cref="Environment"/>.</param>
    /// <param name="cores">Those that it may use; the one of the servers where none is named.</param>
    public static async Task<ServerProcess> StartAsync(
        Run run, string name, string assembly, int port, Dictionary<string, string> environment, params IReadOnlyList<int> cores)
    {
        var command = Command.DotNet(name, assembly) with { Environment = WithAddresses(environment, Address(port)) };
        return await StartAsync(run, cores is [] ? command : command with { RunsOn = cores }, port);
    }

    /// <summary>Web in front of the services of <paramref name="side"/>.</summary>
    public static Task<ServerProcess> StartWebAsync(
        Run run, string name, int port, Side side, Dictionary<string, string> environment) =>
        StartAsync(run, WebCommand(name, side, environment, Address(port)), port);

    /// <summary>The same, by TLS as well.</summary>
    public static Task<ServerProcess> StartWebAsync(
        Run run, string name, int port, int tlsPort, RunCertificate certificate, Side side, Dictionary<string, string> environment)
    {
        var withCertificate = new Dictionary<string, string>(environment)
        {
            ["Kestrel__Certificates__Default__Path"] = certificate.CertificateFile,
            ["Kestrel__Certificates__Default__KeyPath"] = certificate.KeyFile,
        };
        return StartAsync(run, WebCommand(name, side, withCertificate, $"{Address(port)};https://127.0.0.1:{tlsPort}"), port);
    }

    private static Command WebCommand(string name, Side side, Dictionary<string, string> environment, string addresses) =>
        Command.DotNet(Web(name), Places.Web) with
        {
            Environment = new Dictionary<string, string>(WithAddresses(environment, addresses))
            {
                ["services__authserver__http__0"] = Address(side.Port),
                ["services__tasksapi__http__0"] = Address(side.ApiPort),
                // Where it was built there are no stylesheets and scripts: they are where its source is, until it is published.
                ["ASPNETCORE_CONTENTROOT"] = Path.GetFullPath("../../..", Path.GetDirectoryName(Places.Web)!),
            },
        };

    private static Dictionary<string, string> WithAddresses(Dictionary<string, string> environment, string addresses) =>
        new(environment) { ["ASPNETCORE_URLS"] = addresses };

    private static async Task<ServerProcess> StartAsync(Run run, Command command, int port)
    {
        var process = run.Start(command);
        await process.UntilHealthyAsync(port);
        return process;
    }

    private static string Address(int port) => $"http://127.0.0.1:{port}";
}
