using System.Globalization;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.BetterAuth;

/// <summary>npm's better-auth with its OAuth provider, on Postgres and Redis: Peers/better-auth.</summary>
internal static class BetterAuthSide
{
    public const string Name = "better-auth";

    private const string Database = "auth";

    /// <returns>Null where there is no Node.</returns>
    public static async Task<Side?> StartAsync(Run run)
    {
        if (await NodePeer.InstallAsync(Name) is not { } peer)
        {
            return null;
        }

        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await PostgresServer.StartAsync(run, Name);
        await postgres.CreateDatabaseAsync(Database);
        var port = FreePort.Next();
        var server = peer.Start(run, Name, "server.mjs", new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["REDIS_PORT"] = redis.Port.ToString(CultureInfo.InvariantCulture),
            ["POSTGRES_PORT"] = postgres.Port.ToString(CultureInfo.InvariantCulture),
            ["POSTGRES_DATABASE"] = Database,
            ["REDIRECT_URI"] = ClientAccount.MeasuredRedirectUri,
        });
        var side = new Side(Name, SideKind.WithoutApi, port, [server]) { Redis = redis, Postgres = postgres };
        return await NodePeer.SetUpAsync(side);
    }
}
