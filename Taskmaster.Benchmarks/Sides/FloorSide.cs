using System.Globalization;
using Taskmaster.Benchmarks.Hosts;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

internal static class FloorSide
{
    public const string Name = "floor";

    public static async Task<Side> StartAsync(Run run)
    {
        var redis = await RedisServer.StartAsync(run, Name);
        var postgres = await PostgresServer.StartAsync(run, Name);
        await postgres.CreateDatabaseAsync(TaskTable.Database);
        await TaskTable.CreateAsync(postgres.ConnectionString(TaskTable.Database));

        var port = FreePort.Next();
        var server = run.Start(
            Command.DotNet(Name, Places.Benchmarks, "floor", port.ToString(CultureInfo.InvariantCulture), redis.ConnectionString, postgres.TunedConnectionString(TaskTable.Database)),
            Cores.Server);
        await Wait.UntilHealthyAsync(server, port);

        return new Side(Name, SideFlows.Floor, port, [server]) { Redis = redis, Postgres = postgres };
    }
}
