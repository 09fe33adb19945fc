using System.Net;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class IndexModel(TasksClient tasks) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "project")]
    public Guid? Project { get; set; }

    /// <summary>What is neither done nor canceled, unless the address says otherwise.</summary>
    [BindProperty(SupportsGet = true, Name = "status")]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true, Name = TaskTable.Cursor)]
    public string? Cursor { get; set; }

    public static IEnumerable<KeyValuePair<string, string>> Orders { get; } =
    [
        new(TaskQuery.Newest, "Newest first"), new("created_at", "Oldest first"), new(TaskQuery.LastChanged, "Last changed first"),
        new("title", "By title"),
    ];

    public static IEnumerable<KeyValuePair<string, string>> Statuses { get; } =
        [new(TaskQuery.Open, "Open"), new(TaskQuery.Closed, "Closed"), new(TaskQuery.Any, "Any status"), .. Choice.Statuses];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public TaskTable Table { get; private set; } = null!;

    public QuickAdd QuickAdd { get; private set; } = null!;

    public SavedViews Views { get; private set; } = null!;

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    public string StatusShown => Shown.Status!;

    public string OrderShown => Shown.Sort!;

    public Task OnGetAsync(CancellationToken cancellationToken) => ShowAsync(typed: null, cancellationToken);

    /// <summary>One line, from wherever there is the field for it; before there is any project, one is made.</summary>
    public async Task<IActionResult> OnPostAddAsync(
        string? title, string? form, string? returnUrl, CancellationToken cancellationToken)
    {
        var back = Url.Local(returnUrl) ?? "/tasks";
        var project = Project ?? await FirstProjectAsync(form, cancellationToken);
        var answer = await tasks.CreateTaskAsync(TaskFields.OfLine(title ?? "", project), form, cancellationToken);
        if (answer is not { Value: { } task })
        {
            // What else is said of the line is the same again.
            var errors = answer.Refusal!.Errors.Where(error => error.Key is "title" or "project_id").ToDictionary();
            ModelState.Add(answer.Refusal with { Errors = errors }, ("title", QuickAdd.Field));
            Project = null;
            await ShowAsync(title, cancellationToken);
            return Page();
        }

        if (Request.WantsJson())
        {
            return new JsonResult(
                new TaskDone(task, $"{task.Title} added.", TaskActions.UndoCreation(task, back)), ServiceJson.Options);
        }

        TempData.Notify($"{task.Title} added.", TaskActions.UndoCreation(task, back));
        return LocalRedirect(back);
    }

    public async Task<IActionResult> OnPostBulkAsync(
        [FromForm(Name = "tasks")] List<string>? selected, [FromForm] string? status, [FromForm] Guid? project, string? returnUrl,
        CancellationToken cancellationToken)
    {
        status = string.IsNullOrEmpty(status) ? null : status;
        var changes = TaskSelection.Changed(selected ?? [], status, project);
        if (changes.Count == 0 || (status is null && project is null))
        {
            return Say(changes.Count == 0 ? "No task is selected." : "Choose what to change.", undo: null, returnUrl);
        }

        var answer = await tasks.ChangeTasksAsync(changes, cancellationToken);
        if (answer.Value is { } changed)
        {
            var undone = TaskSelection.Undone(selected!, status, project, changed);
            return Say(
                changed.Count == 1 ? "1 task changed." : $"{changed.Count} tasks changed.",
                TaskActions.UndoMoves(undone, Url.Local(returnUrl) ?? "/tasks"),
                returnUrl);
        }

        if (answer.Refusal is { IsStale: true } refusal)
        {
            var names = await NamesAsync(Overtaken(changes, refusal), cancellationToken);
            return Say($"Nothing was changed: {names} changed after this was shown.", undo: null, returnUrl);
        }

        return Say("Nothing was changed: one of the tasks is no longer there, or what was chosen is not.", undo: null, returnUrl);
    }

    public async Task<IActionResult> OnPostUndoBulkAsync(string? selection, string? returnUrl, CancellationToken cancellationToken)
    {
        var shown = TaskSelection.Read(selection ?? "");
        var answer = shown.Count == 0 ? null : await tasks.ChangeTasksAsync(shown, cancellationToken);
        if (answer?.Refusal is not { IsStale: true } refusal)
        {
            return Say(
                answer?.Value is null ? "Nothing was changed: one of the tasks is no longer there." : "Undone.", undo: null, returnUrl);
        }

        // What somebody changed since stays theirs; the others go back.
        var overtaken = Overtaken(shown, refusal);
        var others = shown.Except(overtaken).ToList();
        var undone = others.Count == 0 || (await tasks.ChangeTasksAsync(others, cancellationToken)).Value is not null;
        var names = $"{await NamesAsync(overtaken, cancellationToken)} changed meanwhile";
        return Say(
            others.Count > 0 && undone ? $"Undone, but {names} and left so." : $"Nothing was undone: {names}.", undo: null, returnUrl);
    }

    /// <summary>Which of the changes the API refused because of what others did.</summary>
    private static List<TaskChange> Overtaken(IReadOnlyList<TaskChange> changes, Refusal refusal) =>
    [
        .. changes.Index()
            .Where(change => refusal.Errors.ContainsKey($"tasks[{change.Index}].unchanged_since"))
            .Select(change => change.Item),
    ];

    /// <summary>As the subject of "changed".</summary>
    private async Task<string> NamesAsync(List<TaskChange> overtaken, CancellationToken cancellationToken) => overtaken switch
    {
        [var one] => (await tasks.GetTaskAsync(one.Id, cancellationToken)).Value is { } task ? $"“{task.Title}” was" : "a task was",
        _ => $"{overtaken.Count} tasks were",
    };

    /// <summary>A name for the filters in the address.</summary>
    public async Task<IActionResult> OnPostSaveViewAsync([FromForm] string? label, CancellationToken cancellationToken)
    {
        var answer = await tasks.SaveViewAsync(label, Shown, cancellationToken);
        return Say(
            answer switch
            {
                { Value: { } view } => $"{view.Label} saved.",
                { Refusal.Status: HttpStatusCode.Conflict } => "You have as many saved views as there can be. Remove one first.",
                _ => "That was not saved: a view needs a name that can be read, and filters that are right.",
            },
            undo: null,
            Asked.Page);
    }

    public async Task<IActionResult> OnPostRemoveViewAsync(Guid view, string? returnUrl, CancellationToken cancellationToken)
    {
        // It may be gone already: then it is what was wanted.
        await tasks.RemoveViewAsync(view, cancellationToken);
        return Say("View removed. No task was changed.", undo: null, returnUrl);
    }

    private LocalRedirectResult Say(string text, NoticeAction? undo, string? returnUrl)
    {
        TempData.Notify(text, undo);
        return LocalRedirect(Url.Local(returnUrl) ?? "/tasks");
    }

    private async Task<Guid> FirstProjectAsync(string? form, CancellationToken cancellationToken)
    {
        if ((await tasks.ListProjectsAsync(cancellationToken)).FirstOrDefault() is { } project)
        {
            return project.Id;
        }

        var fields = new ProjectFields(QuickAdd.FirstProject, "Tasks that are in no other project");
        var answer = await tasks.CreateProjectAsync(fields, form is null ? null : form + "-project", cancellationToken);
        return answer.Value?.Id ?? Guid.Empty;
    }

    private async Task ShowAsync(string? typed, CancellationToken cancellationToken)
    {
        var listing = tasks.PageOfTasksAsync(Shown, cancellationToken);
        var views = tasks.ListViewsAsync(cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);

        var (page, refusal) = await listing;
        if (refusal is not null)
        {
            ModelState.Add(refusal, ("project_id", "project"), ("status", "status"), ("q", "q"), ("sort", "sort"), ("cursor", ""));
        }

        Views = new(await views, Shown.Filters);
        Table = new(Request, page ?? new([], Next: null), Projects.ToDictionary(project => project.Id, project => project.Name));
        QuickAdd = new(Projects, Project, Table.Here) { Typed = typed };
        Chips = [.. ChipsShown()];
    }

    private IEnumerable<FilterChip> ChipsShown()
    {
        if (StatusShown != TaskQuery.Any)
        {
            var text = Statuses.FirstOrDefault(status => status.Key == StatusShown).Value ?? TaskItemStatus.Text(StatusShown);
            yield return new(text, (Asked with { Status = TaskQuery.Any }).Page);
        }

        if (Project is { } chosen)
        {
            var name = Projects.FirstOrDefault(project => project.Id == chosen)?.Name ?? "A project";
            yield return new(name, (Asked with { Project = null }).Page);
        }

        if (!string.IsNullOrWhiteSpace(Search))
        {
            yield return new($"“{Search.Trim()}”", (Asked with { Search = null }).Page);
        }
    }

    /// <summary>What the address asks for, as it asks.</summary>
    private TaskQuery Asked => new(Project, Status, Search, Sort: Sort);

    /// <summary>What is shown, with what the address leaves to us.</summary>
    private TaskQuery Shown => Asked.OnSite with { Cursor = Cursor };
}
