using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>The requests about tasks by hand: a second process on the stores, tables and rows of another side.</summary>
internal static class ByHandSide
{
    public const string Name = "by hand";

    public static async Task<Side> StartAsync(Run run, Side other, string database)
    {
        var (server, port) = await OwnProgram.StartAsync(
            run, Name, other.Redis!.ConnectionString, other.Postgres!.TunedConnectionString(database));
        return other with { Name = Name, Kind = SideKind.Tasks, Port = port, ApiPort = port, Servers = [server] };
    }

    /// <summary>The same account for the same token, as this side knows them.</summary>
    public static Task AdmitAsync(Side side, TaskAccount account) =>
        side.Redis!.SetAsync(ByHandHost.KeyOf(account.Token), $"{account.Owner} application:{account.ClientId}");
}
