using Microsoft.AspNetCore.Http.HttpResults;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;

namespace Taskmaster.TasksApi.Events;

internal static class ChangesEndpoint
{
    public static void MapChanges(this IEndpointRouteBuilder api) =>
        api.MapGet("/changes", ListAsync).WithName("listChanges").RequireScope(TaskmasterScopes.TasksRead);

    /// <summary>The stream's events as a page, for whoever cannot keep a stream open: the same positions, in the same order.</summary>
    private static async Task<Results<Ok<ChangePage>, InvalidRequest>> ListAsync(
        Caller caller, string? after, ChangeReader changes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(after))
        {
            return TypedResults.Ok(ChangePage.Empty(await changes.NowAsync(cancellationToken), reset: false));
        }

        if (!ChangePosition.TryParse(after, out var position))
        {
            return InvalidRequest.Query("after", "after must be a position that this list or an event gave");
        }

        return TypedResults.Ok(await changes.HasAllSinceAsync(position, cancellationToken)
            ? ChangePage.Of(await changes.ReadAsync(caller, position, clock.GetUtcNow(), cancellationToken), position)
            : ChangePage.Empty(await changes.NowAsync(cancellationToken), reset: true));
    }
}
