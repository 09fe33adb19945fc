using Microsoft.AspNetCore.Mvc;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Tasks;

internal sealed class EditModel(TasksClient tasks) : TaskFormModel(tasks)
{
    private readonly TasksClient _tasks = tasks;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The state the form was filled from.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>What the user typed beside what somebody saved meanwhile; null when nobody did.</summary>
    public Comparison? Comparison { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.GetTaskAsync(Id, cancellationToken);
        if (answer is not { Value: { } task })
        {
            return NotFound();
        }

        Version = answer.Version;
        Fill(task);
        return await FormAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.UpdateTaskAsync(Id, Fields, Version, cancellationToken);
        return answer.Refusal switch
        {
            null => Saved(),
            { IsStale: true } => await CompareAsync(cancellationToken),
            { IsNotFound: true } => await GoneAsync(cancellationToken),
            var refusal => await RefusedAsync(refusal, cancellationToken),
        };
    }

    /// <summary>From a list of tasks, and back to it.</summary>
    public async Task<IActionResult> OnPostStatusAsync(string? status, CancellationToken cancellationToken)
    {
        var answer = await _tasks.SetStatusAsync(Id, status ?? "", cancellationToken);
        if (answer is not { Value: { } task })
        {
            return answer.Refusal!.IsNotFound ? NotFound() : BadRequest();
        }

        TempData.Notify($"{task.Title}: {TaskItemStatus.Text(task.Status)}.");
        return LocalRedirect(Back);
    }

    private LocalRedirectResult Saved()
    {
        TempData.Notify("Task saved.");
        return LocalRedirect(Back);
    }

    private async Task<IActionResult> CompareAsync(CancellationToken cancellationToken)
    {
        var answer = await _tasks.GetTaskAsync(Id, cancellationToken);
        if (answer is not { Value: { } saved })
        {
            return await GoneAsync(cancellationToken);
        }

        var form = await FormAsync(cancellationToken);
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
        ModelState.Add(refusal);
        return await FormAsync(cancellationToken);
    }
}
