using System.Globalization;
using Taskmaster.Benchmarks.Hosts;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>Stock OpenIddict; its API is in the same process, which costs it one connection pool less than a service of its own would.</summary>
internal static class StockSide
{
    public const string Name = "stock";

    private const string AuthDatabase = "auth";
    private const string Bytes = """SELECT pg_total_relation_size('"OpenIddictTokens"') / GREATEST(count(*), 1) FROM "OpenIddictTokens" """;

    public static async Task<Side> StartAsync(Run run)
    {
        var postgres = await PostgresServer.StartAsync(run, Name);
        await postgres.CreateDatabaseAsync(AuthDatabase);
        await postgres.CreateDatabaseAsync(TaskTable.Database);
        await TaskTable.CreateAsync(postgres.ConnectionString(TaskTable.Database));

        var port = FreePort.Next();
        var server = run.Start(
            Command.DotNet(
                Name,
                Places.Benchmarks,
                "stock",
                port.ToString(CultureInfo.InvariantCulture),
                postgres.ConnectionString(AuthDatabase),
                postgres.ConnectionString(TaskTable.Database)),
            Cores.Server);
        await Wait.UntilHealthyAsync(server, port);

        var side = new Side(Name, SideFlows.Server, port, [server]) { Postgres = postgres, BytesPerToken = (AuthDatabase, Bytes) };
        return side with { Cookie = await Browser.SignInAsync(side) };
    }
}
