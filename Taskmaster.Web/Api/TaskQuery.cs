using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.Web.Api;

/// <summary>Which of the user's tasks to list; what is null or empty narrows nothing.</summary>
internal sealed record TaskQuery(Guid? Project = null, string? Status = null, string? Search = null, string? Cursor = null)
{
    public const int PageSize = 50;

    /// <summary>The API takes no more.</summary>
    public const int SearchMaxLength = 200;

    /// <summary>In place of a status: everything that is neither done nor canceled.</summary>
    public const string Open = "open";

    public bool IsFiltered => Project is not null || !string.IsNullOrEmpty(Status) || !string.IsNullOrWhiteSpace(Search);

    public string Address => QueryHelpers.AddQueryString("/api/tasks", new Dictionary<string, string?>
    {
        ["limit"] = $"{PageSize}",
        ["project_id"] = Project?.ToString(),
        ["status"] = Status == Open ? null : NullIfEmpty(Status),
        ["open"] = Status == Open ? "true" : null,
        ["q"] = NullIfEmpty(Search),
        ["cursor"] = NullIfEmpty(Cursor),
    });

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
