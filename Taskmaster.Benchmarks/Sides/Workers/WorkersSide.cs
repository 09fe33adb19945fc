using System.Globalization;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Workers;

/// <summary>npm's @cloudflare/workers-oauth-provider on workerd with its KV: Peers/workers-oauth-provider.</summary>
internal static class WorkersSide
{
    public const string Name = "workers-oauth-provider";

    /// <returns>Null where there is no Node.</returns>
    public static async Task<Side?> StartAsync(Run run)
    {
        if (await NodePeer.InstallAsync(Name) is not { } peer)
        {
            return null;
        }

        var port = FreePort.Next();
        var server = peer.Start(run, Name, "server.mjs", new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["REDIRECT_URI"] = ClientAccount.MeasuredRedirectUri,
        });
        return await NodePeer.SetUpAsync(new Side(Name, SideKind.CodesOnly, port, [server]) { HasIdTokens = false });
    }
}
