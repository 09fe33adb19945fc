using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

/// <summary>All that is known of a task: its form, what it is related to, its history.</summary>
internal sealed class DetailsModel(TasksClient tasks, ActorNames names) : TaskFormModel(tasks)
{
    private const int MostCandidates = 20;

    private readonly TasksClient _tasks = tasks;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The state the form was filled from.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>Words of a task to relate this one to.</summary>
    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    /// <summary>As it is saved; null when it was deleted while the form was open.</summary>
    public TaskItem? Item { get; private set; }

    public IReadOnlyList<RelatedTask> Related { get; private set; } = [];

    public IReadOnlyList<HistoryEntry> History { get; private set; } = [];

    public ActorNames Names => names;

    /// <summary>Tasks to relate this one to.</summary>
    public IReadOnlyList<TaskItem> Candidates { get; private set; } = [];

    /// <summary>What the user typed beside what somebody saved meanwhile; null when nobody did.</summary>
    public Comparison? Comparison { get; private set; }

    /// <summary>This page, for what comes back to it.</summary>
    public string Here => WaysBack.From(Url.Local(ReturnUrl), $"/tasks/{Id}");

    /// <summary>Where the form is sent: to this page, also when it answers what was asked for elsewhere.</summary>
    public string FormAddress => Request.Query.ContainsKey("handler") ? Here : Request.Path + Request.QueryString;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.GetTaskAsync(Id, cancellationToken);
        if (answer is not { Value: { } task })
        {
            return NotFound();
        }

        Version = answer.Version;
        Fill(task);
        return await ShowAsync(task, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.UpdateTaskAsync(Id, Fields, Version, cancellationToken);
        return answer.Refusal switch
        {
            null => Saved(),
            { IsStale: true } => await CompareAsync(cancellationToken),
            var refusal => await RefusedAsync(refusal, cancellationToken),
        };
    }

    /// <summary>From a list of tasks or a board, and back to it.</summary>
    public async Task<IActionResult> OnPostStatusAsync(string? status, long? shown, CancellationToken cancellationToken)
    {
        var (before, changed) = await _tasks.ChangeShownAsync(Id, new(Status: status ?? ""), shown, cancellationToken);
        return changed is { Value: { } after }
            ? Done($"{after.Title}: {TaskItemStatus.Text(after.Status)}.", TaskActions.UndoMove(before!, after, Back), after)
            : await RefusedAsync(before, changed.Refusal!, () => Status = status, cancellationToken);
    }

    /// <summary>From a list of tasks, and back to it.</summary>
    public async Task<IActionResult> OnPostTitleAsync(string? title, long? shown, CancellationToken cancellationToken)
    {
        var (before, changed) = await _tasks.ChangeShownAsync(Id, new(Title: title ?? ""), shown, cancellationToken);
        return changed is { Value: { } after }
            ? Done($"Renamed to {after.Title}.", TaskActions.UndoTitle(before!, after, Back), after)
            : await RefusedAsync(before, changed.Refusal!, () => Title = title, cancellationToken);
    }

    /// <summary>At once: what was deleted by mistake is brought back by the notice that says it is deleted.</summary>
    public async Task<IActionResult> OnPostDeleteAsync(long? shown, CancellationToken cancellationToken)
    {
        var (before, refusal) = await _tasks.DeleteShownAsync(Id, shown, cancellationToken);
        if (before is null)
        {
            return NotFound();
        }

        if (refusal is null)
        {
            return Done($"{before.Title} deleted.", TaskActions.UndoDeletion(before, Back), before);
        }

        ModelState.AddModelError("", "This task was changed after you opened it, and is not deleted yet.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await OnGetAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostRestoreAsync(CancellationToken cancellationToken) =>
        await _tasks.RestoreTaskAsync(Id, cancellationToken) is { Value: { } task }
            ? Done($"{task.Title} is back.", undo: null, task)
            : NotFound();

    public async Task<IActionResult> OnPostRelateAsync(Guid? target, string? type, CancellationToken cancellationToken)
    {
        var answer = await _tasks.RelateAsync(Id, target ?? Guid.Empty, type, cancellationToken);
        TempData.Notify(answer.Refusal switch
        {
            null => "Related.",
            { Status: System.Net.HttpStatusCode.Conflict } => "They are related already.",
            _ => "Choose another task of yours that is still there.",
        });
        return LocalRedirect(Here);
    }

    /// <param name="owner">The task that has the relationship: this one, or the other.</param>
    /// <param name="relationship">Which.</param>
    /// <param name="cancellationToken">Of the request.</param>
    public async Task<IActionResult> OnPostUnrelateAsync(Guid owner, Guid relationship, CancellationToken cancellationToken)
    {
        // Somebody else may have been faster: it is gone all the same.
        await _tasks.UnrelateAsync(owner, relationship, cancellationToken);
        TempData.Notify("No longer related.");
        return LocalRedirect(Here);
    }

    private IActionResult Done(string text, NoticeAction? undo, TaskItem task)
    {
        if (Request.WantsJson())
        {
            return new JsonResult(new TaskDone(task, text, undo), ServiceJson.Options);
        }

        TempData.Notify(text, undo);
        return LocalRedirect(Back);
    }

    private LocalRedirectResult Saved()
    {
        TempData.Notify("Task saved.");
        return LocalRedirect(Back);
    }

    /// <summary>A change of one field, asked for elsewhere: the form shows it with the others as they are saved.</summary>
    private async Task<IActionResult> RefusedAsync(
        TaskItem? saved, Refusal refusal, Action take, CancellationToken cancellationToken)
    {
        if (saved is null)
        {
            return NotFound();
        }

        if (Request.WantsJson())
        {
            return new StatusCodeResult(refusal.IsStale ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest);
        }

        Fill(saved);
        take();
        return refusal.IsStale ? await CompareAsync(cancellationToken) : await RefusedAsync(refusal, cancellationToken);
    }

    private async Task<IActionResult> CompareAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.GetTaskAsync(Id, cancellationToken);
        if (answer is not { Value: { } saved })
        {
            return await GoneAsync(cancellationToken);
        }

        var form = await ShowAsync(saved, cancellationToken);
        Comparison = CompareWith(saved);
        if (Comparison.Differences.Count == 0)
        {
            return Saved();
        }

        // Sent again, it replaces what the user has now seen, and nothing that comes later.
        Version = answer.Version;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return form;
    }

    private async Task<IActionResult> GoneAsync(CancellationToken cancellationToken)
    {
        ModelState.AddModelError("", "This task is no longer there: it was deleted after you opened it. What you typed is still below.");
        Response.StatusCode = StatusCodes.Status404NotFound;
        return await FormAsync(cancellationToken);
    }

    private async Task<IActionResult> RefusedAsync(Refusal refusal, CancellationToken cancellationToken)
    {
        if (refusal.IsNotFound || await _tasks.GetTaskAsync(Id, cancellationToken) is not { Value: { } saved } answer)
        {
            return await GoneAsync(cancellationToken);
        }

        ModelState.Add(refusal);
        Version ??= answer.Version;
        return await ShowAsync(saved, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(TaskItem task, CancellationToken cancellationToken)
    {
        Item = task;
        var related = _tasks.ListRelatedAsync(Id, cancellationToken);
        var changes = _tasks.ListChangesAsync(Id, cancellationToken);
        var candidates = _tasks.PageOfTasksAsync(
            new(string.IsNullOrWhiteSpace(Find) ? task.ProjectId : null, Search: Find, Sort: TaskQuery.LastChanged)
            {
                Limit = MostCandidates,
            },
            cancellationToken);
        var form = await FormAsync(cancellationToken);
        Related = (await related).Value ?? [];
        History = (await changes).Value ?? [];
        await names.ReadAsync(History.Select(entry => entry.Via), cancellationToken);
        Candidates = [.. (await candidates).Value?.Items.Where(other => other.Id != Id) ?? []];
        return form;
    }
}
