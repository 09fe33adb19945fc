using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.TasksApi.Data;

internal static class TimedReads
{
    /// <summary>
    /// Reads in a scope of its own, and stops waiting in time for a 503 within three seconds. The question then goes on by
    /// itself until Npgsql gives it up, which for a Postgres that hangs, and for those who wait for its connection, takes longer.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">Postgres did not answer in time.</exception>
    public static Task<T> ReadInTimeAsync<T>(
        this IServiceScopeFactory scopes, Func<TasksDbContext, Task<T>> question, CancellationToken cancellationToken) =>
        AskAsync(scopes, question).WithQueryTimeoutAsync(cancellationToken);

    private static async Task<T> AskAsync<T>(IServiceScopeFactory scopes, Func<TasksDbContext, Task<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TasksDbContext>());
    }
}
