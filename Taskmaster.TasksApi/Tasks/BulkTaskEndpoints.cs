using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Idempotency;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

/// <summary>
/// Several tasks in one transaction: all of them, or none and what is wrong with each. There is nothing to be read at
/// these routes, so that a precondition on their state (RFC 9110 §13) never names one: If-Match is always 412. Each task
/// has a condition of its own instead.
/// </summary>
internal static class BulkTaskEndpoints
{
    public static void MapBulkTasks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/tasks/bulk", CreateAsync).WithName("bulkCreateTasks").RequireScope(TaskmasterScopes.TasksWrite).WithIdempotencyKey();
        api.MapPatch("/tasks/bulk", UpdateAsync).WithName("bulkUpdateTasks").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static readonly string[] TaskNotFound = ["Task not found"];
    private static readonly string[] ChangedSince = ["It was changed since"];
    private static readonly string[] UnknownProject = [TaskChanges.ProjectMessage];

    private static async Task<Results<Created<List<TaskResponse>>, InvalidRequest, PreconditionFailed>> CreateAsync(
        Caller caller, Via? via, Body<NewTasks> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        if (!preconditions.HoldFor(Validators.OfNothing))
        {
            return new PreconditionFailed();
        }

        List<TaskItem> tasks;
        do
        {
            var wrong = await UnknownProjectsAsync(db, caller, body.Value.Tasks.Select(task => (Guid?)task.ProjectId), cancellationToken);
            if (wrong.Count > 0)
            {
                return InvalidRequest.Fields(wrong);
            }

            // The ids of one millisecond are ordered by chance; sorted, they keep the caller's order in every list.
            var ids = body.Value.Tasks.Select(_ => Guid.CreateVersion7(clock.GetUtcNow())).Order();
            tasks = [.. body.Value.Tasks.Zip(ids, (task, id) => task.Of(caller, via, clock, id))];
            db.AddRange(tasks);
        }
        while (!await SaveAsync(db, cancellationToken));

        return TypedResults.Created((string?)null, tasks.ConvertAll(TaskResponse.Of));
    }

    private static async Task<Results<Ok<List<TaskResponse>>, NotFound<ErrorResponse>, InvalidRequest, PreconditionFailed>> UpdateAsync(
        Caller caller, Via? via, Body<ChangedTasks> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        if (!preconditions.HoldFor(Validators.OfNothing))
        {
            return new PreconditionFailed();
        }

        var changes = body.Value.Tasks;
        Guid[] ids = [.. changes.Select(change => change.Id)];
        Dictionary<Guid, TaskItem> tasks;
        do
        {
            tasks = await db.Tasks.Where(task => task.OwnerId == caller.Owner && ids.Contains(task.Id))
                .ToDictionaryAsync(task => task.Id, cancellationToken);
            if (tasks.Count < ids.Length)
            {
                return TypedResults.NotFound(new ErrorResponse(
                    "One or more tasks were not found or are not owned by user",
                    ids.Index().Where(id => !tasks.ContainsKey(id.Item)).ToDictionary(id => $"tasks[{id.Index}].id", _ => TaskNotFound)));
            }

            var wrong = await UnknownProjectsAsync(db, caller, changes.Select(change => change.Changes.ProjectId), cancellationToken);
            if (wrong.Count > 0)
            {
                return InvalidRequest.Fields(wrong);
            }

            var overtaken = changes.Index().Where(change => change.Item.IsOvertaken(tasks[change.Item.Id])).ToList();
            if (overtaken.Count > 0)
            {
                return new PreconditionFailed(overtaken.ToDictionary(
                    change => $"tasks[{change.Index}].unchanged_since", _ => ChangedSince));
            }

            foreach (var change in changes)
            {
                tasks[change.Id].Change(change.Changes, via, clock);
            }
        }
        while (!await SaveAsync(db, cancellationToken));

        return TypedResults.Ok(changes.Select(change => TaskResponse.Of(tasks[change.Id])).ToList());
    }

    /// <summary>
    /// What is wrong with each task that is to be in a project which is not the caller's. The foreign key would refuse it
    /// as well, but not say which.
    /// </summary>
    private static async Task<Dictionary<string, string[]>> UnknownProjectsAsync(
        TasksDbContext db, Caller caller, IEnumerable<Guid?> projects, CancellationToken cancellationToken)
    {
        var wanted = projects.Index().Where(project => project.Item is not null).ToList();
        Guid[] ids = [.. wanted.Select(project => project.Item!.Value).Distinct()];
        var owned = ids.Length == 0
            ? []
            : await db.Projects.Where(project => project.OwnerId == caller.Owner && ids.Contains(project.Id))
                .Select(project => project.Id)
                .ToHashSetAsync(cancellationToken);
        return wanted.Where(project => !owned.Contains(project.Item!.Value))
            .ToDictionary(project => $"tasks[{project.Index}].project_id", _ => UnknownProject);
    }

    /// <summary>False when a task or a project was changed or deleted meanwhile: then all must be looked at again.</summary>
    private static async Task<bool> SaveAsync(TasksDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            return await db.SaveUnlessOvertakenAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
