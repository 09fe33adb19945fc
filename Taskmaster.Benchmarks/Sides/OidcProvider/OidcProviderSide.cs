using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.OidcProvider;

/// <summary>npm's oidc-provider with Redis, and a resource server that introspects there: Peers/oidc-provider.</summary>
internal static class OidcProviderSide
{
    public const string Name = "oidc-provider";

    /// <summary>The version package.json pins.</summary>
    public static string Version =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Places.Peers, Name, "package.json")))!["dependencies"]![Name]!;

    /// <returns>Null where there is no Node.</returns>
    public static async Task<Side?> StartAsync(Run run)
    {
        if (Places.Find("node") is not { } node || Places.Find("npm") is not { } npm)
        {
            return null;
        }

        var folder = await InstallAsync(npm);
        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await TaskTable.StartAsync(run, Name);

        var (port, apiPort) = (FreePort.Next(), FreePort.Next());
        var environment = new Dictionary<string, string>
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["API_PORT"] = apiPort.ToString(CultureInfo.InvariantCulture),
            ["REDIS_PORT"] = redis.Port.ToString(CultureInfo.InvariantCulture),
            ["CLIENT_ID"] = ClientAccount.Fixed.ClientId,
            ["CLIENT_SECRET"] = ClientAccount.Fixed.ClientSecret,
            ["REDIRECT_URI"] = ClientAccount.Fixed.RedirectUri,
            ["POSTGRES_PORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture),
            ["POSTGRES_DATABASE"] = TaskTable.Database,
            ["TASKS_QUERY"] = TaskTable.Query,
            ["OWNER"] = TaskTable.Owner,
        };

        var provider = run.Start(new Command(Name, node, "server.mjs") { Folder = folder, Environment = environment });
        var api = run.Start(new Command(Name + "-api", node, "resource-server.mjs") { Folder = folder, Environment = environment });
        await provider.UntilHealthyAsync(port, "/.well-known/openid-configuration");
        await api.UntilHealthyAsync(apiPort);

        var side = new Side(Name, SideKind.AuthorizationServer, port, [provider, api])
        {
            ApiPort = apiPort,
            Redis = redis,
            Postgres = postgres,
            AuthorizeStatus = 303,
            HasTokensInRedis = true,
        };
        return side with { Cookie = await Browser.SignInAsync(side) };
    }

    /// <summary>Copies the peer's sources under artifacts/ and installs its packages there, once.</summary>
    private static async Task<string> InstallAsync(string npm)
    {
        var source = Path.Combine(Places.Peers, Name);
        var target = Directory.CreateDirectory(Path.Combine(Places.Artifacts, "benchmarks", Name)).FullName;
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        string[] arguments = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
        using var process = Process.Start(new ProcessStartInfo(npm, arguments) { WorkingDirectory = target })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? target : throw new InvalidOperationException("npm install failed; see above.");
    }
}
