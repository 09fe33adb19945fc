using System.ComponentModel;
using Taskmaster.Mcp.Api;

namespace Taskmaster.Mcp.Tools;

internal sealed record TaskPage(
    [property: Description("The tasks")] IReadOnlyList<TaskItem> Tasks,
    [property: Description("Where to go on, as cursor of the next call; null after the last")] string? NextCursor)
{
    /// <summary>A page that fits a context window.</summary>
    public const int Most = 100;

    public const int Usual = 20;

    public static TaskPage Of(Page<TaskItem> page) => new(page.Items, page.NextCursor);
}
