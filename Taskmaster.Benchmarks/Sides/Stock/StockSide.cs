using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Stock;

/// <summary>
/// Stock OpenIddict; its API is in the same process, which costs it one connection pool less than a service of its own would.
/// </summary>
internal static class StockSide
{
    public const string Name = "stock";

    private const string AuthDatabase = "auth";
    private const string Bytes =
        """SELECT pg_total_relation_size('"OpenIddictTokens"') / GREATEST(count(*), 1) FROM "OpenIddictTokens" """;

    public static async Task<Side> StartAsync(Run run)
    {
        var postgres = await TaskTable.StartAsync(run, Name);
        await postgres.CreateDatabaseAsync(AuthDatabase);

        var (server, port) = await OwnProgram.StartAsync(
            run, Name, postgres.ConnectionString(AuthDatabase), postgres.ConnectionString(TaskTable.Database));
        var side = new Side(Name, SideKind.Stock, port, [server])
        {
            Postgres = postgres,
            BytesPerToken = (AuthDatabase, Bytes),
        };
        return side with { Cookie = await Browser.SignInAsync(side) };
    }
}
