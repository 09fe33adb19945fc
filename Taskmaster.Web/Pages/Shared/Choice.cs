namespace Taskmaster.Web.Pages.Shared;

/// <summary>One labelled drop-down of a form; <c>_Choice.cshtml</c> renders it with its errors.</summary>
/// <param name="Name">The field's name and id.</param>
/// <param name="Label">What the reader sees.</param>
/// <param name="Value">The option that is chosen.</param>
/// <param name="Options">Value and text of each option, in their order.</param>
internal sealed record Choice(string Name, string Label, string? Value, IEnumerable<KeyValuePair<string, string>> Options)
{
    public static IEnumerable<KeyValuePair<string, string>> Statuses { get; } =
        [.. Api.TaskItemStatus.All.Select(status => KeyValuePair.Create(status, Api.TaskItemStatus.Text(status)))];

    public static IEnumerable<KeyValuePair<string, string>> Of(IEnumerable<Api.Project> projects) =>
        projects.Select(project => KeyValuePair.Create(project.Id.ToString(), project.Name));

    public static KeyValuePair<string, string> None(string text) => new("", text);
}
