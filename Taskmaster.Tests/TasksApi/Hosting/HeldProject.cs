using Npgsql;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>A project's row that somebody else has locked: a request that creates a task in it stays under way.</summary>
internal sealed class HeldProject : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private HeldProject(NpgsqlConnection connection) => _connection = connection;

    public static async Task<HeldProject> HoldAsync(string connectionString, string project)
    {
        // Of its own: closing a pooled one would ask the server to roll back, which may be dead by then.
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var begin = new NpgsqlCommand($"BEGIN; SELECT FROM projects WHERE id = '{project}' FOR UPDATE", connection);
        await begin.ExecuteNonQueryAsync();
        return new HeldProject(connection);
    }

    /// <summary>Comes back when a request has come as far as the row.</summary>
    public async Task UntilWaitedForAsync()
    {
        await using var waiting = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))", _connection);
        await TokenRedis.UntilAsync(async () => (bool)(await waiting.ExecuteScalarAsync())!);
    }

    public async Task ReleaseAsync()
    {
        await using var rollback = new NpgsqlCommand("ROLLBACK", _connection);
        await rollback.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
