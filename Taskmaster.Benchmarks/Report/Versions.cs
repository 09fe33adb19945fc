using System.Diagnostics;
using OpenIddict.Server;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Report;

/// <summary>Which versions of what were measured.</summary>
internal static class Versions
{
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
            parts.Add("oidc-provider " + OidcProviderSide.Version);
        }

        return string.Join(", ", parts);
    }

    private static async Task<string> NodeAsync()
    {
        using var node = Process.Start(new ProcessStartInfo(Tools.Require("node"), ["--version"]) { RedirectStandardOutput = true })!;
        return (await node.StandardOutput.ReadToEndAsync()).Trim().TrimStart('v');
    }
}
