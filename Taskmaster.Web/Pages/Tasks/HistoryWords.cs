using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>What became of a task, as people say it.</summary>
internal static class HistoryWords
{
    /// <param name="newestFirst">The task's history.</param>
    /// <param name="names">Of what acted.</param>
    public static IEnumerable<(string Text, string? By, DateTimeOffset At)> Of(IReadOnlyList<HistoryEntry> newestFirst, ActorNames names)
    {
        for (var index = 0; index < newestFirst.Count; index++)
        {
            var (entry, before) = (newestFirst[index], newestFirst.ElementAtOrDefault(index + 1));
            yield return (Of(entry.Kind, before?.Kind), By(entry.Via, names), entry.At);
        }
    }

    /// <summary>Of one line among those of other tasks and of projects.</summary>
    public static string Of(LoggedChange change) => Of(change.Kind, before: null);

    /// <summary>Null for what is not known: from before it was kept, or done past the API.</summary>
    public static string? By(Via? via, ActorNames names) =>
        via is null ? null : names.Words(via) is { } words ? $"by you {words}" : "by you";

    private static string Of(string kind, string? before) => (kind, before) switch
    {
        ("created", "deleted") => "Brought back",
        ("created", _) => "Created",
        ("updated", _) => "Changed",
        ("deleted", _) => "Deleted",
        _ => kind,
    };
}
