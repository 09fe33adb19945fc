using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Deletions;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Events;

internal static class ChangeLogEndpoints
{
    public static void MapChangeLog(this IEndpointRouteBuilder api) =>
        api.MapGet("/history", ListAsync).WithName("listHistory").RequireScope(TaskmasterScopes.TasksRead);

    /// <summary>Newest first.</summary>
    private static async Task<Results<Ok<List<LoggedChangeResponse>>, InvalidRequest>> ListAsync(
        Caller caller, [FromQuery(Name = "last")] string? last, TasksDbContext db, CancellationToken cancellationToken)
    {
        var query = new QueryFields();
        var onlyLast = query.Flag("last", last) ?? false;
        if (query.Problem is { } problem)
        {
            return problem;
        }

        var changes = await (onlyLast ? LastOfEach(db, caller) : db.Changes.Where(change => change.OwnerId == caller.Owner))
            .AsNoTracking()
            .OrderByDescending(change => change.Xid).ThenByDescending(change => change.Seq)
            .Take(HistoryEndpoints.Most)
            .ToListAsync(cancellationToken);
        var titles = await TitlesAsync(db, caller, changes, cancellationToken);
        return TypedResults.Ok(changes.ConvertAll(change => new LoggedChangeResponse(
            change.Subject, change.SubjectId, change.Kind, ChangeResponse.TimeOf(change),
            titles.GetValueOrDefault(change.SubjectId), change.Via)));
    }

    /// <summary>Of each application and API key.</summary>
    private static IQueryable<Change> LastOfEach(TasksDbContext db, Caller caller) => db.Changes.FromSql(
        $"""
        SELECT DISTINCT ON (via) * FROM changes
        WHERE owner_id = {caller.Owner} AND via IS NOT NULL
        ORDER BY via, xid DESC, seq DESC
        """);

    private static async Task<Dictionary<Guid, string?>> TitlesAsync(
        TasksDbContext db, Caller caller, List<Change> changes, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. changes.Select(change => change.SubjectId).Distinct()];
        return ids.Length == 0 ? [] : await db.Database.SqlQuery<Named>(
                $"""
                SELECT id, title FROM tasks WHERE owner_id = {caller.Owner} AND id = ANY({ids})
                UNION ALL SELECT id, name FROM projects WHERE owner_id = {caller.Owner} AND id = ANY({ids})
                UNION ALL SELECT id, content ->> 'title' FROM deleted_rows
                WHERE owner_id = {caller.Owner} AND kind = {DeletedRow.Task} AND id = ANY({ids})
                """)
            .ToDictionaryAsync(named => named.Id, named => named.Title, cancellationToken);
    }

    private sealed record Named(Guid Id, string? Title);
}
