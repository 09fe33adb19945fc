using System.Globalization;
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
        { Limit: { } limit } => NumberOf(limit) is { } number
            ? int.Min(number, Most)
            : query.Wrong("limit", "limit must be a whole number from 1 on", Default),
        { Cursor: not null } => Default,
        _ => Whole,
    };

    /// <summary>The number, or <see cref="int.MaxValue"/> for one beyond; null when it is none, or none from 1 on.</summary>
    private static int? NumberOf(string text)
    {
        var digits = text.AsSpan().TrimStart('0');
        return digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9') ? null
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }
}
