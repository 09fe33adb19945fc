using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

/// <summary>One line of what became of all of a user's tasks and projects.</summary>
/// <param name="Subject">What it became of.</param>
/// <param name="Id">Of the task or project.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="At">When.</param>
/// <param name="Title">Or the project's name, as it is now, or was when it was deleted; null where nothing is left of it.</param>
/// <param name="Via">What acted for the user.</param>
internal sealed record LoggedChangeResponse(
    ChangeSubject Subject, Guid Id, ChangeKind Kind, DateTime At, string? Title = null, Via? Via = null);
