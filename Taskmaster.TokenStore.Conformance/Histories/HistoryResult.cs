namespace Taskmaster.TokenStore.Conformance.Histories;

internal enum HistoryResult
{
    /// <summary>The worker did not know the token yet.</summary>
    Skipped,
    Accepted,
    Refused,
    Done,
}
