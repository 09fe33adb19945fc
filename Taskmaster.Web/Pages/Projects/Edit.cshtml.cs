using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Projects;

internal sealed class EditModel(TasksClient tasks) : ProjectFormModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The state the form was filled from.</summary>
    [BindProperty]
    public string? Version { get; set; }

    /// <summary>What the user typed beside what somebody saved meanwhile; null when nobody did.</summary>
    public Comparison? Comparison { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(Id, cancellationToken);
        if (answer is not { Value: { } project })
        {
            return NotFound();
        }

        Version = answer.Version;
        (Name, Description) = (project.Name, project.Description);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.UpdateProjectAsync(Id, Fields, Version, cancellationToken);
        switch (answer.Refusal)
        {
            case null:
                return Saved();
            case { IsStale: true }:
                return await CompareAsync(cancellationToken);
            case { IsNotFound: true }:
                return Gone();
            case { } refusal:
                ModelState.Add(refusal);
                return Page();
        }
    }

    private LocalRedirectResult Saved()
    {
        TempData.Notify("Project saved.");
        return LocalRedirect($"/projects/{Id}");
    }

    private async Task<IActionResult> CompareAsync(CancellationToken cancellationToken)
    {
        var answer = await tasks.GetProjectAsync(Id, cancellationToken);
        if (answer is not { Value: { } saved })
        {
            return Gone();
        }

        Comparison = new($"/projects/{Id}/edit", ("Name", Name, saved.Name), ("Description", Description, saved.Description));
        if (Comparison.Differences.Count == 0)
        {
            return Saved();
        }

        // Sent again, it replaces what the user has now seen, and nothing that comes later.
        Version = answer.Version;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page();
    }

    private PageResult Gone()
    {
        ModelState.AddModelError(
            "", "This project is no longer there: it was deleted after you opened it. What you typed is still below.");
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
