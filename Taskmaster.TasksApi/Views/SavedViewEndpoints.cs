using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Requests;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Views;

internal static class SavedViewEndpoints
{
    public static void MapSavedViews(this IEndpointRouteBuilder api)
    {
        api.MapGet("/views", ListAsync).WithName("listSavedViews").RequireScope(TaskmasterScopes.TasksRead);
        api.MapPost("/views", SaveAsync).WithName("saveView").RequireScope(TaskmasterScopes.TasksWrite);
        api.MapDelete("/views/{id}", DeleteAsync).WithName("deleteSavedView").RequireScope(TaskmasterScopes.TasksWrite);
    }

    private static async Task<Ok<List<SavedViewResponse>>> ListAsync(
        Caller caller, TasksDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await db.SavedViews
            .Where(view => view.OwnerId == caller.Owner)
            .OrderBy(view => view.CreatedAt).ThenBy(view => view.Place)
            .Select(SavedViewResponse.Projection)
            .ToListAsync(cancellationToken));

    /// <summary>A label that is there is given to the new filters, so that the same request sent twice saves once.</summary>
    private static async Task<Results<Created<SavedViewResponse>, Conflict<ErrorResponse>, InvalidRequest, PreconditionFailed>> SaveAsync(
        Caller caller, Body<NewSavedView> body, Preconditions preconditions, TasksDbContext db, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }

        if (!preconditions.HoldFor(Validators.OfList))
        {
            return new PreconditionFailed();
        }

        // Again when somebody else took the place or the label.
        while (true)
        {
            var views = await db.SavedViews.Where(view => view.OwnerId == caller.Owner).ToListAsync(cancellationToken);
            var view = views.Find(saved => saved.Label == body.Value.Label);
            if (view is null)
            {
                if (views.Count >= SavedView.Most)
                {
                    return TypedResults.Conflict(new ErrorResponse($"There are {SavedView.Most} views: delete one first"));
                }

                view = SavedView.Create(caller.Owner, FreePlace(views), body.Value, clock);
                db.Add(view);
            }

            view.Show(body.Value.Query);
            if (await TrySaveAsync(db, cancellationToken))
            {
                return TypedResults.Created((string?)null, SavedViewResponse.Of(view));
            }
        }
    }

    private static async Task<Results<NoContent, NotFound, PreconditionFailed>> DeleteAsync(
        Caller caller, Guid id, Preconditions preconditions, TasksDbContext db, CancellationToken cancellationToken)
    {
        var view = db.SavedViews.Where(view => view.OwnerId == caller.Owner && view.Id == id);
        if (!await view.AnyAsync(cancellationToken))
        {
            return TypedResults.NotFound();
        }

        if (!preconditions.HoldFor(Validators.OfList))
        {
            return new PreconditionFailed();
        }

        return await view.ExecuteDeleteAsync(cancellationToken) > 0 ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static int FreePlace(List<SavedView> views) =>
        Enumerable.Range(1, SavedView.Most).Except(views.Select(view => view.Place)).First();

    private static async Task<bool> TrySaveAsync(TasksDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            return await db.SaveUnlessOvertakenAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
            when (exception.Violates(SavedViewConfiguration.UniquePlace) || exception.Violates(SavedViewConfiguration.UniqueLabel))
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
