using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>Runs flows against one side, with the codes and tokens they use up made by real requests before.</summary>
internal sealed class FlowRunner(Side side, LoadProcess load, IReadOnlySet<Flow>? only = null)
{
    private readonly Queue<string> _refreshTokens = new();
    private string _token = string.Empty;

    public Side Side => side;

    /// <summary>What it is measured with.</summary>
    public IReadOnlySet<Flow> Flows { get; } = SideFlows.Of(side).Where(flow => only?.Contains(flow) != false).ToHashSet();

    /// <summary>Makes the token that introspection and API requests present.</summary>
    public async Task BeginAsync()
    {
        _token = side.Tasks?.Token ?? string.Empty;

        // Where there are only codes, nothing that is measured presents one.
        if (side is { Tasks: null, Kind: not SideKind.CodesOnly })
        {
            _token = (await MakeAsync(Flow.ClientCredentials, FlowAmount.OneByOne(1), "access_token")).Single();
        }
    }

    /// <summary>Makes what the flow uses up, and gives back the measured part still to be started.</summary>
    public async Task<Func<Task<LoadResult>>> PrepareAsync(Flow flow, FlowAmount amount)
    {
        switch (flow)
        {
            case Flow.Redemption:
                var codes = await MakeAsync(Flow.Authorize, FlowAmount.Of(Flow.Authorize, amount.Flows), "code");
                return () => RedeemAsync(codes, amount);

            case Flow.Refresh:
                while (_refreshTokens.Count < amount.Flows)
                {
                    var codesForTokens = await MakeAsync(Flow.Authorize, FlowAmount.Of(Flow.Authorize, amount.Flows), "code");
                    _ = await RedeemAsync(codesForTokens, amount with { Seconds = FlowAmount.Unlimited });
                }

                var refreshTokens = Enumerable.Range(0, amount.Flows).Select(_ => _refreshTokens.Dequeue()).ToList();
                return () => RunAsync(flow, amount, refreshTokens);

            case Flow.Revocation:
                var tokens = await MakeAsync(Flow.ClientCredentials, FlowAmount.Of(Flow.ClientCredentials, amount.Flows), "access_token");
                return () => RunAsync(flow, amount, tokens);

            case Flow.AliveWithProof:
                using (var client = new ProvingClient(side))
                {
                    var proofs = await client.ProofsAsync("/alive", amount.Flows);
                    var bound = client.Token;
                    return () => RunAsync(flow, amount, bound, proofs);
                }

            case Flow.GetTask or Flow.UpdateTask:
                var ids = Enumerable.Range(0, amount.Flows).Select(index => side.Tasks!.Ids[index % side.Tasks.Ids.Count]).ToList();
                return () => RunAsync(flow, amount, ids);

            case Flow.ListTasks or Flow.CreateTask:
                // What the rounds before created.
                await side.Tasks!.ForgetCreatedAsync();
                return () => RunAsync(flow, amount);

            default:
                return () => RunAsync(flow, amount);
        }
    }

    /// <summary>By a schedule of so many a second, over more connections than there are ever requests under way.</summary>
    public Task<LoadResult> RunAtAsync(Flow flow, double rate, double seconds) =>
        load.ExecuteAsync(JobOf(flow, FlowAmount.At(rate, seconds), _token, values: null, keep: []) with { Rate = rate }, mayFail: false);

    private async Task<LoadResult> RedeemAsync(IReadOnlyList<string> codes, FlowAmount amount)
    {
        var result = await RunAsync(Flow.Redemption, amount, codes, "refresh_token");
        foreach (var token in result.Kept["refresh_token"])
        {
            _refreshTokens.Enqueue(token);
        }

        return result;
    }

    /// <summary>What so many flows captured under that name.</summary>
    private async Task<IReadOnlyList<string>> MakeAsync(Flow flow, FlowAmount amount, string name) =>
        (await RunAsync(flow, amount, null, name)).Kept[name];

    private Task<LoadResult> RunAsync(
        Flow flow, FlowAmount amount, IReadOnlyList<string>? values = null, params IReadOnlyList<string> keep) =>
        RunAsync(flow, amount, _token, values, keep);

    private Task<LoadResult> RunAsync(
        Flow flow, FlowAmount amount, string token, IReadOnlyList<string>? values, params IReadOnlyList<string> keep) =>
        load.ExecuteAsync(JobOf(flow, amount, token, values, keep), mayFail: side.Kind is SideKind.Connections);

    private LoadJob JobOf(Flow flow, FlowAmount amount, string token, IReadOnlyList<string>? values, IReadOnlyList<string> keep) => new(
        flow.IsOfApi() ? side.ApiPort : side.Port,
        side.Certificate,
        amount.ConnectionCount,
        amount.Seconds,
        amount.Flows,
        FlowSteps.Of(flow, side, token),
        values,
        keep);
}
