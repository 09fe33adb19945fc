using System.Diagnostics;
using System.Text.Json.Nodes;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>A peer in JavaScript: its sources under Peers/, copied to artifacts/ and there with the packages that it pins.</summary>
internal sealed class NodePeer(string node, string folder)
{
    /// <summary>The version of a package that a peer pins.</summary>
    public static string Version(string peer, string package) =>
        (string)JsonNode.Parse(File.ReadAllText(Path.Combine(Places.Peers, peer, "package.json")))!["dependencies"]![package]!;

    /// <returns>Null where there is no Node or npm.</returns>
    public static async Task<NodePeer?> InstallAsync(string peer)
    {
        if (Places.Find("node") is not { } node || Places.Find("npm") is not { } npm)
        {
            return null;
        }

        var target = Directory.CreateDirectory(Path.Combine(Places.Artifacts, "benchmarks", peer)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Places.Peers, peer)))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        string[] arguments = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];

        // What it writes to standard output is not of the report.
        var start = new ProcessStartInfo(npm, arguments) { WorkingDirectory = target, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        _ = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new(node, target)
            : throw new InvalidOperationException($"npm install failed for {peer}; see above.");
    }

    /// <summary>The side with the client and the session that its server made for it, once it answers.</summary>
    public static async Task<Side> SetUpAsync(Side side)
    {
        await side.Servers[0].UntilListeningAsync(side.Port);
        using var http = new HttpClient();
        var made = (await http.GetFromJsonAsync<JsonNode>(new Uri($"http://127.0.0.1:{side.Port}/set-up")))!;
        return side with
        {
            Client = new ClientAccount((string)made["client_id"]!, (string)made["client_secret"]!, ClientAccount.MeasuredRedirectUri),
            Cookie = (string)made["cookie"]!,
        };
    }

    public ServerProcess Start(Run run, string name, string script, IReadOnlyDictionary<string, string> environment) =>
        run.Start(new Command(name, node, script)
        {
            Folder = folder,
            Environment = new Dictionary<string, string>(environment) { ["NODE_ENV"] = "production" },
        });
}
