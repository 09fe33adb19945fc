using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a side's tokens take, and what its flows ask of its stores.</summary>
/// <param name="Side">Whose findings they are.</param>
/// <param name="BytesPerToken">What a live access token takes where it is stored; null where nobody can tell.</param>
/// <param name="Costs">Of each flow that is counted.</param>
internal sealed record SideFindings(Side Side, double? BytesPerToken, IReadOnlyList<FlowCost> Costs)
{
    private const int Tokens = 100;

    /// <summary>Not of a side that is another with a setting or a way of its own: it asks the stores for the same.</summary>
    public static bool Tells(Side side) => side.Kind is SideKind.Floor or SideKind.Taskmaster or SideKind.WithoutShortPath
        or SideKind.OtherStore or SideKind.Stock or SideKind.AuthorizationServer or SideKind.WithoutApi;

    public static async Task<SideFindings> MeasureAsync(FlowRunner runner) =>
        new(runner.Side, await BytesPerTokenAsync(runner), await FlowCounter.CountAsync(runner));

    private static async Task<double?> BytesPerTokenAsync(FlowRunner runner)
    {
        if (runner.Side.BytesPerToken is { } inPostgres)
        {
            return await runner.Side.Postgres!.ReadNumberAsync(inPostgres.Sql, inPostgres.Database);
        }

        // Garnet counts memory its own way.
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
