using System.Collections.Concurrent;
using System.Diagnostics;
using Taskmaster.TokenStore.Conformance.Store;

namespace Taskmaster.TokenStore.Conformance.Histories;

/// <summary>Several workers at one grant: runs their steps and records what came of them.</summary>
internal sealed class GrantHistory(StoreHost store)
{
    private readonly Grant _grant = Grant.New();
    private readonly ConcurrentQueue<HistoryEvent> _events = new();
    private string _code = "";
    private string? _access;
    private string? _first;
    private string? _second;

    public async Task<IReadOnlyList<HistoryEvent>> RunAsync(HistoryStep[][] workers)
    {
        _code = await store.IssueAsync(_grant, StoreHost.Code);
        await Task.WhenAll(workers.Select((steps, worker) => Task.Run(() => WorkAsync(worker, steps))));
        return [.. _events];
    }

    private async Task WorkAsync(int worker, HistoryStep[] steps)
    {
        foreach (var step in steps)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await StepAsync(step);
            _events.Enqueue(new(worker, step, started, Stopwatch.GetTimestamp(), result));
        }
    }

    private Task<HistoryResult> StepAsync(HistoryStep step) => step switch
    {
        HistoryStep.Redeem => UseAsync(_code, bought => (_access, _first) = (bought.AccessToken, bought.RefreshToken)),
        HistoryStep.RefreshFirst => UseAsync(_first, bought => _second = bought.RefreshToken),
        HistoryStep.RefreshSecond => UseAsync(_second, _ => { }),
        HistoryStep.Revoke => RevokeAsync(),
        _ => LookAsync(),
    };

    private async Task<HistoryResult> UseAsync(string? token, Action<Bought> keep)
    {
        if (token is null)
        {
            return HistoryResult.Skipped;
        }

        var bought = await store.RedeemAsync(token);
        if (bought.Succeeded)
        {
            keep(bought);
        }

        return bought.Succeeded ? HistoryResult.Accepted : HistoryResult.Refused;
    }

    private async Task<HistoryResult> RevokeAsync()
    {
        await store.EndGrantAsync(_grant);
        return HistoryResult.Done;
    }

    private async Task<HistoryResult> LookAsync() =>
        _access is not { } token ? HistoryResult.Skipped
        : await store.IsAliveAsync(token) ? HistoryResult.Accepted : HistoryResult.Refused;
}
