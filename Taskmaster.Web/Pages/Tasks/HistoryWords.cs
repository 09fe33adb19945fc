using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>What became of a task, as people say it.</summary>
internal static class HistoryWords
{
    /// <param name="newestFirst">The task's history.</param>
    public static IEnumerable<(string Text, DateTimeOffset At)> Of(IReadOnlyList<HistoryEntry> newestFirst)
    {
        for (var index = 0; index < newestFirst.Count; index++)
        {
            var before = newestFirst.ElementAtOrDefault(index + 1);
            yield return (Of(newestFirst[index].Kind, before?.Kind), newestFirst[index].At);
        }
    }

    private static string Of(string kind, string? before) => (kind, before) switch
    {
        ("created", "deleted") => "Brought back",
        ("created", _) => "Created",
        ("updated", _) => "Changed",
        ("deleted", _) => "Deleted",
        _ => kind,
    };
}
