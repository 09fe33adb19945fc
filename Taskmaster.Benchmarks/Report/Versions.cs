using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using OpenIddict.Server;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Sides.BetterAuth;
using Taskmaster.Benchmarks.Sides.OidcProvider;
using Taskmaster.Benchmarks.Sides.Workers;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Report;

/// <summary>Which versions of what were measured, and on what machine.</summary>
internal static class Versions
{
    /// <summary>A line on the machine, and one on what ran on it.</summary>
    public static async Task<string> DescribeAsync(IReadOnlyList<Side> sides)
    {
        var parts = new List<string> { "OpenIddict " + typeof(OpenIddictServerOptions).Assembly.GetName().Version!.ToString(3) };

        if (sides.FirstOrDefault(side => side.Redis is not null) is { Redis: { } redis })
        {
            parts.Add("Redis " + await redis.VersionAsync());
        }

        if (sides.FirstOrDefault(side => side.Postgres is not null) is { Postgres: { } postgres })
        {
            parts.Add("Postgres " + await postgres.VersionAsync());
        }

        if (sides.Any(side => side.Name == OidcProviderSide.Name))
        {
            parts.Add("Node " + await NodeAsync());
            parts.Add("oidc-provider " + NodePeer.Version(OidcProviderSide.Name, OidcProviderSide.Name));
        }

        if (sides.Any(side => side.Name == BetterAuthSide.Name))
        {
            parts.Add("better-auth " + NodePeer.Version(BetterAuthSide.Name, "better-auth"));
            parts.Add("its oauth-provider " + NodePeer.Version(BetterAuthSide.Name, "@better-auth/oauth-provider"));
        }

        if (sides.Any(side => side.Name == WorkersSide.Name))
        {
            parts.Add("workers-oauth-provider " + NodePeer.Version(WorkersSide.Name, "@cloudflare/workers-oauth-provider"));
            parts.Add("Miniflare " + NodePeer.Version(WorkersSide.Name, "miniflare"));
        }

        return $"{Machine()}\n{string.Join(", ", parts)}";
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var cores = $"{Environment.ProcessorCount} cores of {model?.Split(": ")[^1] ?? "unknown processor"}";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var software = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";
        return string.Create(CultureInfo.InvariantCulture, $"{cores}, {memory:0} GiB, {software}");
    }

    private static async Task<string> NodeAsync()
    {
        using var node = Process.Start(new ProcessStartInfo(Places.Require("node"), ["--version"]) { RedirectStandardOutput = true })!;
        return (await node.StandardOutput.ReadToEndAsync()).Trim().TrimStart('v');
    }
}
