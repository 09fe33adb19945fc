using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>Runs flows against one side, with the codes and tokens they use up made by real requests before.</summary>
internal sealed class FlowRunner(Side side, LoadProcess load)
{
    private const double Unlimited = 60;

    private readonly Queue<string> _refreshTokens = new();
    private string _token = string.Empty;

    public Side Side => side;

    /// <summary>Makes the token that introspection and API requests present.</summary>
    public async Task BeginAsync()
    {
        _token = side.Tasks?.Token ?? string.Empty;
        if (side.Flows.Contains(Flow.ClientCredentials))
        {
            _token = (await RunAsync(Flow.ClientCredentials, new FlowAmount(Unlimited, 1, 1), null, "access_token")).Kept["access_token"].Single();
        }
    }

    /// <summary>Makes what the flow uses up, and gives back the measured part still to be started.</summary>
    public async Task<Func<Task<LoadResult>>> PrepareAsync(Flow flow, FlowAmount amount)
    {
        switch (flow)
        {
            case Flow.Redemption:
                var codes = await CodesAsync(amount.Flows);
                return () => RedeemAsync(codes, amount);

            case Flow.Refresh:
                while (_refreshTokens.Count < amount.Flows)
                {
                    _ = await RedeemAsync(await CodesAsync(amount.Flows), amount with { Seconds = Unlimited });
                }

                var refreshTokens = Enumerable.Range(0, amount.Flows).Select(_ => _refreshTokens.Dequeue()).ToList();
                return () => RunAsync(flow, amount, refreshTokens);

            case Flow.Revocation:
                var made = await RunAsync(Flow.ClientCredentials, new FlowAmount(Unlimited, amount.Flows, FlowAmount.Connections(Flow.ClientCredentials)), null, "access_token");
                return () => RunAsync(flow, amount, made.Kept["access_token"]);

            case Flow.GetTask or Flow.UpdateTask:
                var ids = Enumerable.Range(0, amount.Flows).Select(index => side.Tasks!.Ids[index % side.Tasks.Ids.Count]).ToList();
                return () => RunAsync(flow, amount, ids);

            case Flow.ListTasks:
                // Of the rounds before.
                await side.Tasks!.ForgetCreatedAsync();
                return () => RunAsync(flow, amount, null);

            default:
                return () => RunAsync(flow, amount, null);
        }
    }

    private async Task<LoadResult> RedeemAsync(IReadOnlyList<string> codes, FlowAmount amount)
    {
        var result = await RunAsync(Flow.Redemption, amount, codes, "refresh_token");
        foreach (var token in result.Kept["refresh_token"])
        {
            _refreshTokens.Enqueue(token);
        }

        return result;
    }

    private async Task<IReadOnlyList<string>> CodesAsync(int count) =>
        (await RunAsync(Flow.Authorize, new FlowAmount(Unlimited, count, FlowAmount.Connections(Flow.Authorize)), null, "code")).Kept["code"];

    private Task<LoadResult> RunAsync(Flow flow, FlowAmount amount, IReadOnlyList<string>? values, params IReadOnlyList<string> keep) =>
        load.ExecuteAsync(new LoadJob(
            SideFlows.Api.Contains(flow) ? side.ApiPort : side.Port,
            amount.ConnectionCount,
            amount.Seconds,
            amount.Flows,
            FlowSteps.Of(flow, side, _token),
            values,
            keep));
}
