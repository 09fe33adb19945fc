using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Shared;

/// <summary>A task by its title alone: one field and Enter; <c>_QuickAdd.cshtml</c> renders it.</summary>
/// <param name="Projects">The user's.</param>
/// <param name="Project">The one that is looked at; null for all.</param>
/// <param name="Here">Where it comes back to.</param>
internal sealed record QuickAdd(IReadOnlyList<Project> Projects, Guid? Project, string Here)
{
    /// <summary>Of tasks that are added before there is any project.</summary>
    public const string FirstProject = "Inbox";

    public const string Field = "quick-add";

    /// <summary>What was typed and refused.</summary>
    public string? Typed { get; init; }

    /// <summary>Tells this form from any other, so that sending it twice adds one task.</summary>
    public string Form { get; } = Guid.CreateVersion7().ToString();
}
