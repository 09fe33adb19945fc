using Npgsql;
using Taskmaster.ServiceDefaults.Fast;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// An owner's tasks behind an id, in the order of creation: what most requests ask for. Npgsql reads them itself, because
/// a fifth of such a request was Entity Framework (docs/performance.md, bars 6 and 7).
/// </summary>
internal sealed class UsualPage(NpgsqlDataSource database)
{
    /// <summary>In the order in which <see cref="Task"/> reads them.</summary>
    public const string Columns = "id, title, description, owner_id, project_id, status, created_at, updated_at, version";

    private const string Sql = $"""
        SELECT {Columns}
        FROM tasks
        WHERE owner_id = $1 AND id > $2
        ORDER BY id
        LIMIT $3
        """;

    private readonly PlainQuery<Asked, TaskResponse> _query = new(database, Sql, Parameters, Task);

    public Task<List<TaskResponse>> ReadAsync(Guid owner, Guid after, int count, CancellationToken cancellationToken) =>
        _query.ReadAsync(new(owner, after, count), cancellationToken);

    public static TaskResponse Task(NpgsqlDataReader row) => new(
        Id: row.GetGuid(0),
        Title: row.GetString(1),
        Description: row.GetString(2),
        CreatedBy: row.GetGuid(3),
        ProjectId: row.GetGuid(4),
        Status: WireName<TaskItemStatus>.Parse(row.GetString(5)),
        CreatedAt: row.GetDateTime(6),
        UpdatedAt: row.GetDateTime(7),
        Version: row.GetInt32(8));

    private static NpgsqlParameter[] Parameters(Asked asked) =>
    [
        new NpgsqlParameter<Guid> { TypedValue = asked.Owner },
        new NpgsqlParameter<Guid> { TypedValue = asked.After },
        new NpgsqlParameter<int> { TypedValue = asked.Count },
    ];

    private readonly record struct Asked(Guid Owner, Guid After, int Count);
}
