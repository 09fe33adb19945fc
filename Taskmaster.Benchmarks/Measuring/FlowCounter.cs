using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>Counts the Redis commands and SQL statements of each flow.</summary>
internal static class FlowCounter
{
    private const int WarmUp = 10;
    private const int CountedFlows = 50;

    public static async Task<IReadOnlyList<FlowCost>> CountAsync(FlowRunner runner)
    {
        var costs = new List<FlowCost>();
        foreach (var flow in FlowFacts.Counted.Where(runner.Flows.Contains))
        {
            // The first ones open connections, load scripts and fill caches.
            await (await runner.PrepareAsync(flow, FlowAmount.OneByOne(WarmUp)))();
            costs.Add(await CountAsync(runner, flow));
        }

        return costs;
    }

    private static async Task<FlowCost> CountAsync(FlowRunner runner, Flow flow)
    {
        var side = runner.Side;
        var run = await runner.PrepareAsync(flow, FlowAmount.OneByOne(CountedFlows));

        using var listener = side.Redis is { CanBeListenedTo: true } redis ? await RedisCommands.ListenAsync(redis.Port) : null;
        await (side.Postgres?.ForgetStatementsAsync() ?? Task.CompletedTask);

        var result = await run();

        return new FlowCost(
            flow,
            result.Flows,
            listener is null ? null : await listener.CountAsync(side.Redis!),
            side.Postgres is null ? null : await side.Postgres.StatementCountAsync());
    }
}
