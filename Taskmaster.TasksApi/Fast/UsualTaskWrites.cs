using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Search;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Fast;

/// <summary>
/// Creates a task, and changes one without conditions, by one statement each that Npgsql sends itself, on the connection and in
/// the transaction of the request. A change that has conditions, or half of the text that words are looked for in, is made
/// as <see cref="TaskWriter"/> makes it, which reads the task first (docs/performance.md).
/// </summary>
internal sealed class UsualTaskWrites(TasksDbContext db, TimeProvider clock) : ITaskWriter
{
    private const string Insert = """
        INSERT INTO tasks (id, owner_id, project_id, title, description, status, created_at, updated_at, version, via, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string Update = $"""
        UPDATE tasks
        SET title = coalesce($3, title), description = coalesce($4, description), status = coalesce($5, status),
            project_id = coalesce($6, project_id), search = coalesce($7, search), via = $8, version = version + 1,
            updated_at = CASE WHEN $9 > updated_at THEN $9 ELSE updated_at + interval '1 ms' END
        WHERE owner_id = $1 AND id = $2
        RETURNING {UsualPage.Columns}
        """;

    private readonly TaskWriter _ordinary = new(db, clock);

    public async Task<bool> TryAddAsync(TaskItem task, CancellationToken cancellationToken)
    {
        try
        {
            await using var insert = await CommandAsync(
                Insert,
                cancellationToken,
                Value(task.Id), Value(task.OwnerId), Value(task.ProjectId), Value(task.Title), Value(task.Description),
                Value(WireName<TaskItemStatus>.Of(task.Status)), Value(task.CreatedAt), Value(task.UpdatedAt), Value(task.Version),
                Value(task.Via?.ToString()), Words(task.Search));
            _ = await insert.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refusal) when (refusal.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            return false;
        }
    }

    public async Task<TaskChange> ChangeAsync(
        Caller caller, Guid id, TaskChanges changes, Via? via, Preconditions preconditions, CancellationToken cancellationToken)
    {
        if (!preconditions.AreNone || changes.Title is null != changes.Description is null)
        {
            return await _ordinary.ChangeAsync(caller, id, changes, via, preconditions, cancellationToken);
        }

        try
        {
            await using var update = await CommandAsync(
                Update,
                cancellationToken,
                Value(caller.Owner), Value(id), Value(changes.Title), Value(changes.Description),
                Value(changes.Status is { } status ? WireName<TaskItemStatus>.Of(status) : null), Value(changes.ProjectId),
                Words(changes is { Title: { } title, Description: { } text } ? SearchWords.Vector(title, text) : null),
                Value(via?.ToString()), Value(clock.Now()));
            await using var row = await update.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken)
                ? new(TaskChangeOutcome.Made, UsualPage.Task(row))
                : new(TaskChangeOutcome.NotFound);
        }
        catch (PostgresException refusal) when (refusal.Violates(TaskItemConfiguration.ProjectForeignKey))
        {
            return new(TaskChangeOutcome.UnknownProject);
        }
    }

    private async Task<NpgsqlCommand> CommandAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        // Closed with the context, or when its transaction ends.
        await db.Database.OpenConnectionAsync(cancellationToken);
        var command = new NpgsqlCommand(
            sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter<NpgsqlTsVector?> Words(NpgsqlTsVector? words) =>
        new() { TypedValue = words, NpgsqlDbType = NpgsqlDbType.TsVector };
}
