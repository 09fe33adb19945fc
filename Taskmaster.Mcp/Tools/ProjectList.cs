using System.ComponentModel;
using Taskmaster.Mcp.Api;

namespace Taskmaster.Mcp.Tools;

internal sealed record ProjectList(
    [property: Description("The projects, oldest first")] IReadOnlyList<Project> Projects,
    [property: Description("Where to go on, as cursor of the next call; null after the last")] string? NextCursor)
{
    /// <summary>A page that fits a context window.</summary>
    public const int Most = 100;

    public static ProjectList Of(Page<Project> page) => new(page.Items, page.NextCursor);
}
