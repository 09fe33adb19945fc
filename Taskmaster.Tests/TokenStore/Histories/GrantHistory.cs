using System.Collections.Concurrent;
using System.Diagnostics;
using Taskmaster.Tests.TokenStore.Store;

namespace Taskmaster.Tests.TokenStore.Histories;

/// <summary>Several workers at one grant: runs their steps and records what came of them.</summary>
internal sealed class GrantHistory(StoreHost store)
{
    private readonly Grant grant = Grant.New();
    private readonly ConcurrentQueue<HistoryEvent> events = new();
    private string code = "";
    private string? access;
    private string? first;
    private string? second;

    public async Task<IReadOnlyList<HistoryEvent>> RunAsync(HistoryStep[][] workers)
    {
        code = await store.IssueAsync(grant, StoreHost.Code);
        await Task.WhenAll(workers.Select((steps, worker) => Task.Run(() => WorkAsync(worker, steps))));
        return [.. events];
    }

    private async Task WorkAsync(int worker, HistoryStep[] steps)
    {
        foreach (var step in steps)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await StepAsync(step);
            events.Enqueue(new(worker, step, started, Stopwatch.GetTimestamp(), result));
        }
    }

    private Task<HistoryResult> StepAsync(HistoryStep step) => step switch
    {
        HistoryStep.Redeem => UseAsync(code, bought => (access, first) = (bought.AccessToken, bought.RefreshToken)),
        HistoryStep.RefreshFirst => UseAsync(first, bought => second = bought.RefreshToken),
        HistoryStep.RefreshSecond => UseAsync(second, _ => { }),
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
        await store.EndGrantAsync(grant);
        return HistoryResult.Done;
    }

    private async Task<HistoryResult> LookAsync() =>
        access is not { } token ? HistoryResult.Skipped
        : await store.IsAliveAsync(token) ? HistoryResult.Accepted : HistoryResult.Refused;
}
