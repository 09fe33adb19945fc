using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Events;

/// <summary>
/// Reads changes in an order into which nothing is ever put before what was read. Sequence numbers alone do not give
/// that, because they are drawn before the commit. So only changes below the horizon are read, the oldest transaction
/// that is not finished, in the order of their transactions.
/// </summary>
internal sealed class ChangeReader(TasksDbContext db, TimeProvider clock)
{
    /// <summary>For clocks that differ and transactions that take long.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>In which epoch Postgres is, and the horizon in it.</summary>
    public async Task<(string Epoch, ulong Horizon)> LookAsync(CancellationToken cancellationToken)
    {
        var seen = await db.Database.SqlQueryRaw<Seen>(
                $"SELECT {ChangeEpoch.Current} AS epoch, pg_snapshot_xmin(pg_current_snapshot())::text AS xid, NULL::timestamptz AS began_at")
            .SingleAsync(cancellationToken);
        return (seen.Epoch, NumberOf(seen.Xid));
    }

    public async Task<ChangePosition> NowAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return new(now, (await LookAsync(cancellationToken)).Horizon, 0);
    }

    /// <summary>
    /// Whether every change since is still there: they are kept for a time, and a position of another epoch, or beyond all transactions,
    /// is of a database that this one does not continue.
    /// </summary>
    public async Task<bool> HasAllSinceAsync(ChangePosition position, CancellationToken cancellationToken)
    {
        var seen = await db.Database.SqlQueryRaw<Seen>(
                $"""
                SELECT now.epoch, pg_snapshot_xmax(pg_current_snapshot())::text AS xid, began_at
                FROM (SELECT {ChangeEpoch.Current} AS epoch) AS now LEFT JOIN change_epochs ON id = now.epoch
                """)
            .SingleAsync(cancellationToken);
        if (seen.BeganAt is not { } began)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO change_epochs VALUES ({seen.Epoch}, {clock.Now()}) ON CONFLICT DO NOTHING", cancellationToken);
            return false;
        }

        return position.ReadAt >= began
            && position.ReadAt > clock.GetUtcNow() - Change.Retention + Margin
            && position.Xid <= NumberOf(seen.Xid);
    }

    /// <summary>Whose changes lie between two horizons.</summary>
    public Task<List<Guid>> OwnersAsync(ulong from, ulong to, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>(
                $"SELECT DISTINCT owner_id AS \"Value\" FROM changes WHERE xid >= {Text(from)}::xid8 AND xid < {Text(to)}::xid8")
            .ToListAsync(cancellationToken);

    public async Task<ChangeBatch> ReadAsync(Caller caller, ChangePosition after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = await db.Changes.FromSql($"""
                SELECT * FROM changes
                WHERE owner_id = {caller.Owner} AND (xid, seq) > ({Text(after.Xid)}::xid8, {after.Seq}) AND xid < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY xid, seq LIMIT {ChangeBatch.Most}
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        Guid[] tasks = [.. IdsOf(ChangeSubject.Task)];
        Guid[] projects = [.. IdsOf(ChangeSubject.Project)];
        return new(
            now,
            changes,
            tasks is [] ? new Dictionary<Guid, TaskResponse>() : await db.Tasks
                .Where(task => task.OwnerId == caller.Owner && tasks.Contains(task.Id))
                .Select(TaskResponse.Projection)
                .ToDictionaryAsync(task => task.Id, cancellationToken),
            projects is [] ? new Dictionary<Guid, ProjectResponse>() : await db.Projects
                .Where(project => project.OwnerId == caller.Owner && projects.Contains(project.Id))
                .Select(ProjectResponse.Projection)
                .ToDictionaryAsync(project => project.Id, cancellationToken));

        IEnumerable<Guid> IdsOf(ChangeSubject subject) =>
            changes.Where(change => change.Subject == subject && change.Kind != ChangeKind.Deleted)
                .Select(change => change.SubjectId)
                .Distinct();
    }

    private static string Text(ulong xid) => xid.ToString(CultureInfo.InvariantCulture);

    private static ulong NumberOf(string xid) => ulong.Parse(xid, NumberStyles.None, CultureInfo.InvariantCulture);

    private sealed record Seen(string Epoch, string Xid, DateTime? BeganAt);
}
