using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
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
        [new(TaskQuery.Open, "Open"), new(TaskQuery.Any, "Any status"), .. Choice.Statuses];

    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public TaskTable Table { get; private set; } = null!;

    public QuickAdd QuickAdd { get; private set; } = null!;

    public IReadOnlyList<FilterChip> Chips { get; private set; } = [];

    public string StatusShown => string.IsNullOrEmpty(Status) ? TaskQuery.Open : Status;

    public string OrderShown => string.IsNullOrEmpty(Sort) ? TaskQuery.Newest : Sort;

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
        return answer.Value is { } changed
            ? Say(
                changed.Count == 1 ? "1 task changed." : $"{changed.Count} tasks changed.",
                TaskActions.UndoMoves(TaskSelection.Shown(selected!, status, project), Url.Local(returnUrl) ?? "/tasks"),
                returnUrl)
            : Say("Nothing was changed: one of the tasks is no longer there, or what was chosen is not.", undo: null, returnUrl);
    }

    public async Task<IActionResult> OnPostUndoBulkAsync(string? selection, string? returnUrl, CancellationToken cancellationToken)
    {
        var shown = TaskSelection.Read(selection ?? "");
        var answer = shown.Count == 0 ? null : await tasks.ChangeTasksAsync(shown, cancellationToken);
        return Say(answer?.Value is null ? "Nothing was changed: one of the tasks is no longer there." : "Undone.", undo: null, returnUrl);
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
        var listing = tasks.PageOfTasksAsync(new(Project, StatusShown, Search, Cursor, OrderShown), cancellationToken);
        Projects = await tasks.ListProjectsAsync(cancellationToken);

        var (page, refusal) = await listing;
        if (refusal is not null)
        {
            ModelState.Add(refusal, ("project_id", "project"), ("status", "status"), ("q", "q"), ("sort", "sort"), ("cursor", ""));
        }

        Table = new(Request, page ?? new([], Next: null), Projects.ToDictionary(project => project.Id, project => project.Name));
        QuickAdd = new(Projects, Project, Table.Here) { Typed = typed };
        Chips = [.. ChipsShown()];
    }

    private IEnumerable<FilterChip> ChipsShown()
    {
        if (StatusShown != TaskQuery.Any)
        {
            var text = StatusShown == TaskQuery.Open ? "Open" : TaskItemStatus.Text(StatusShown);
            yield return new(text, AddressWith("status", TaskQuery.Any));
        }

        if (Project is { } chosen)
        {
            yield return new(Projects.FirstOrDefault(project => project.Id == chosen)?.Name ?? "A project", AddressWith("project", null));
        }

        if (!string.IsNullOrWhiteSpace(Search))
        {
            yield return new($"“{Search.Trim()}”", AddressWith("q", null));
        }
    }

    private string AddressWith(string name, string? value)
    {
        var query = new Dictionary<string, string?>
        {
            ["q"] = Search,
            ["project"] = Project?.ToString(),
            ["status"] = Status,
            ["sort"] = Sort,
        };
        query[name] = value;
        return QueryHelpers.AddQueryString("/tasks", query.Where(entry => !string.IsNullOrEmpty(entry.Value)));
    }
}
