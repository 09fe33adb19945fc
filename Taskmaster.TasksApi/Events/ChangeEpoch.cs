namespace Taskmaster.TasksApi.Events;

/// <summary>
/// While transaction ids go on one after the other: a database cluster, on one of its timelines. A restored back-up and a standby that
/// takes over begin another one, in which a position of before may be of changes that are no more.
/// </summary>
internal sealed class ChangeEpoch
{
    /// <summary>The one that Postgres is in: the cluster's identifier, and the timeline, which begins the name of each WAL file.</summary>
    public const string Current =
        "(SELECT system_identifier FROM pg_control_system())::text || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8)";

    public string Id { get; init; } = "";

    /// <summary>When it was first seen. Everything read before is of another one.</summary>
    public DateTime BeganAt { get; init; }
}
