using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.Web.Api;

/// <summary>Which of the user's tasks to list, in which order; what is null or empty narrows nothing.</summary>
internal sealed record TaskQuery(
    Guid? Project = null, string? Status = null, string? Search = null, string? Cursor = null, string? Sort = null)
{
    public const int PageSize = 50;

    /// <summary>The API takes no more.</summary>
    public const int SearchMaxLength = 200;

    /// <summary>In place of a status: everything that is neither done nor canceled.</summary>
    public const string Open = "open";

    /// <summary>In place of a status: everything that is either done or canceled.</summary>
    public const string Closed = "closed";

    /// <summary>In place of a status: whatever it is.</summary>
    public const string Any = "any";

    public const string Newest = "-created_at";
    public const string LastChanged = "-updated_at";

    public int Limit { get; init; } = PageSize;

    public DateTimeOffset? ChangedSince { get; init; }

    public string Address => QueryHelpers.AddQueryString(
        "/api/tasks",
        new Dictionary<string, string?>(Kept.Prepend(new("limit", $"{Limit}")))
        {
            ["updated_since"] = ChangedSince?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["cursor"] = NullIfEmpty(Cursor),
        });

    /// <summary>What of the address a <see cref="SavedView"/> keeps.</summary>
    public string Filters => QueryHelpers.AddQueryString("", Kept).TrimStart('?');

    private Dictionary<string, string?> Kept => new()
    {
        ["project_id"] = Project?.ToString(),
        ["status"] = Status is Open or Closed or Any ? null : NullIfEmpty(Status),
        ["open"] = Status switch { Open => "true", Closed => "false", _ => null },
        ["q"] = NullIfEmpty(Search),
        ["sort"] = NullIfEmpty(Sort),
    };

    /// <summary>From a <see cref="SavedView"/>; what it does not know, it leaves out.</summary>
    public static TaskQuery Of(string filters)
    {
        var query = QueryHelpers.ParseQuery(filters);
        return new(
            Guid.TryParse(query.GetValueOrDefault("project_id"), out var project) ? project : null,
            query.TryGetValue("status", out var status) ? status : (string?)query.GetValueOrDefault("open") switch
            {
                "true" => Open,
                "false" => Closed,
                _ => Any,
            },
            query.GetValueOrDefault("q"),
            Sort: query.GetValueOrDefault("sort"));
    }

    /// <summary>As the list on the site has it: what is open, and the newest first, unless something else is asked for.</summary>
    public TaskQuery OnSite => this with
    {
        Status = string.IsNullOrEmpty(Status) ? Open : Status,
        Sort = string.IsNullOrEmpty(Sort) ? Newest : Sort,
    };

    /// <summary>The list on the site.</summary>
    public string Page => QueryHelpers.AddQueryString("/tasks", new Dictionary<string, string?>
    {
        ["q"] = NullIfEmpty(Search),
        ["project"] = Project?.ToString(),
        ["status"] = NullIfEmpty(Status),
        ["sort"] = NullIfEmpty(Sort),
    });

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
