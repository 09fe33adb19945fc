namespace Taskmaster.Web.Pages.Tasks;

/// <summary>One of the filters of a list, as it is shown above it.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Without">The list without this one.</param>
internal sealed record FilterChip(string Text, string Without);
