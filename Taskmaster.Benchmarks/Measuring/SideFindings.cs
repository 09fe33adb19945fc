using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a side holds after the load, and what its flows ask of its stores.</summary>
/// <param name="Side">Whose findings they are.</param>
/// <param name="ResidentBytes">Of its authorization server.</param>
/// <param name="BytesPerToken">What a live access token takes where it is stored; null where nobody can tell.</param>
/// <param name="Costs">Of each flow that is counted.</param>
internal sealed record SideFindings(Side Side, long ResidentBytes, double? BytesPerToken, IReadOnlyList<FlowCost> Costs)
{
    private const int Tokens = 100;

    public static async Task<SideFindings> MeasureAsync(FlowRunner runner)
    {
        // Memory first: it is what the load left behind.
        var resident = ProcessStat.ResidentBytes(runner.Side.Servers[0]);
        return new SideFindings(runner.Side, resident, await BytesPerTokenAsync(runner), await FlowCounter.CountAsync(runner));
    }

    private static async Task<double?> BytesPerTokenAsync(FlowRunner runner)
    {
        if (runner.Side.BytesPerToken is { } inPostgres)
        {
            return await runner.Side.Postgres!.ReadNumberAsync(inPostgres.Sql, inPostgres.Database);
        }

        // The floor's tokens are none, and Garnet counts memory its own way.
        if (!runner.Side.HasTokensInRedis)
        {
            return null;
        }

        var redis = runner.Side.Redis!;
        var before = redis.Keys();
        await (await runner.PrepareAsync(Flow.ClientCredentials, FlowAmount.OneByOne(Tokens)))();

        // Whatever came with them counts, indexes as well.
        var bytes = 0L;
        foreach (var key in redis.Keys().Except(before))
        {
            bytes += await redis.BytesAsync(key);
        }

        return (double)bytes / Tokens;
    }
}
