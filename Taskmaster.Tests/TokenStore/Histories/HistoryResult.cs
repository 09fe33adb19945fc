namespace Taskmaster.Tests.TokenStore.Histories;

public enum HistoryResult
{
    /// <summary>The worker did not know the token yet.</summary>
    Skipped,
    Accepted,
    Refused,
    Done,
}
