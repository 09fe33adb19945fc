using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>Bytes that a live access token takes where it is stored.</summary>
internal static class TokenSize
{
    private const int Tokens = 100;

    public static async Task<double?> MeasureAsync(FlowRunner runner)
    {
        // The floor's tokens are none, and Garnet counts memory its own way.
        if (runner.Side.Name is FloorSide.Name or TaskmasterSide.OnGarnet)
        {
            return null;
        }

        if (runner.Side.BytesPerToken is { } inPostgres)
        {
            return await runner.Side.Postgres!.ReadNumberAsync(inPostgres.Sql, inPostgres.Database);
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
