using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Lists;

/// <summary>How many items an answer holds.</summary>
internal static class ListSize
{
    /// <summary>More than this is not given in one page, whatever is asked for.</summary>
    public const int Most = 200;

    /// <summary>The documented call, which knows nothing of pages, is answered whole up to here.</summary>
    public const int Whole = 5000;

    private const int Default = 50;

    public static int Of(IListRequest request, QueryFields query) => request switch
    {
        { Limit: < 1 } => query.Wrong("limit", "limit must be a whole number from 1 on", Default),
        { Limit: { } limit } => Math.Min(limit, Most),
        { Cursor: not null } => Default,
        _ => Whole,
    };
}
