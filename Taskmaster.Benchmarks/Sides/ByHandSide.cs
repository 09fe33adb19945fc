using System.Globalization;
using Taskmaster.Benchmarks.Hosts;
using Taskmaster.Benchmarks.Machine;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>The requests about tasks by hand: a second process on the stores, tables and rows of Taskmaster itself.</summary>
internal static class ByHandSide
{
    public const string Name = "by hand";

    public static async Task<Side> StartAsync(Run run, Side ours)
    {
        var port = FreePort.Next();
        var server = run.Start(
            Command.DotNet(
                Name,
                Places.Benchmarks,
                "by-hand",
                port.ToString(CultureInfo.InvariantCulture),
                ours.Redis!.ConnectionString,
                ours.Postgres!.TunedConnectionString(TaskmasterSide.TasksDatabase)),
            Cores.Server);
        await Wait.UntilHealthyAsync(server, port);
        return ours with { Name = Name, Flows = SideFlows.Tasks, Port = port, ApiPort = port, Servers = [server] };
    }

    /// <summary>The same account for the same token, as this side knows them.</summary>
    public static Task AdmitAsync(Side side, TaskAccount account) => side.Redis!.SetAsync(TokenByHand.KeyOf(account.Token), account.Owner);
}
