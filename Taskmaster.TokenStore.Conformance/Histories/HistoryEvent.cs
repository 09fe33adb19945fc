namespace Taskmaster.TokenStore.Conformance.Histories;

/// <summary>A step, when it ran, and what came of it.</summary>
internal sealed record HistoryEvent(int Worker, HistoryStep Step, long Started, long Ended, HistoryResult Result)
{
    public override string ToString() => $"worker {Worker} [{Started}..{Ended}] {Step}: {Result}";
}
