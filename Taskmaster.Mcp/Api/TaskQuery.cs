using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.Mcp.Api;

/// <summary>Which tasks, in which order. What is null is not asked for.</summary>
internal sealed record TaskQuery
{
    public Guid? ProjectId { get; init; }

    public TaskItemStatus? Status { get; init; }

    public bool? Open { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }

    public string? Words { get; init; }

    public string? Sort { get; init; }

    public required int Limit { get; init; }

    public string? Cursor { get; init; }

    public string Address => QueryHelpers.AddQueryString("/api/tasks", new Dictionary<string, string?>
    {
        ["project_id"] = ProjectId?.ToString(),
        ["status"] = Status is { } status ? JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString()) : null,
        ["open"] = Open switch { true => "true", false => "false", _ => null },
        ["updated_since"] = UpdatedSince?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        ["q"] = Words,
        ["sort"] = Sort,
        ["limit"] = Limit.ToString(CultureInfo.InvariantCulture),
        ["cursor"] = Cursor,
    });
}
