using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Demo;

namespace Taskmaster.TasksApi.Commands;

/// <summary>
/// What an operator does by hand, with a server's settings: <c>dotnet Taskmaster.TasksApi.dll migrate</c>. Whoever may start a
/// process with the database's password needs no other proof of who they are.
/// </summary>
internal static class OperatorCommands
{
    private const int Done = 0;
    private const int NotDone = 1;
    private const int NotUnderstood = 2;

    /// <returns>The process's exit code; null when there was no command, and the server is to start.</returns>
    public static async Task<int?> RunAsync(IServiceProvider services, string[] args)
    {
        // "--urls …" and "Section:Key=…" are settings.
        if (args is not [{ Length: > 0 } first, ..] || first[0] is '-' or '/' || first.Contains('=', StringComparison.Ordinal))
        {
            return null;
        }

        await using var scope = services.CreateAsyncScope();
        try
        {
            return args switch
            {
                [SchemaMigration.Command] => await MigrateAsync(scope.ServiceProvider.GetRequiredService<TasksDbContext>()),
                ["reset-demo"] => await ResetDemoAsync(services.GetService<DevelopmentSeed>()),
                _ => await SayUsageAsync(),
            };
        }
        catch (Exception exception) when (StoreOutage.IsOutage(exception))
        {
            await Console.Error.WriteLineAsync($"Postgres is away. Run it again when it is back. ({exception.Message})");
            return NotDone;
        }
    }

    private static async Task<int> MigrateAsync(TasksDbContext database)
    {
        var applied = await MigrateTasksDb.MigrateAsync(database.Database, CancellationToken.None);
        await Console.Out.WriteLineAsync(SchemaMigration.Applied(applied));
        return Done;
    }

    private static async Task<int> ResetDemoAsync(DevelopmentSeed? seed)
    {
        if (seed is null)
        {
            await Console.Error.WriteLineAsync("There is demo data in development only, where the settings name a demo user.");
            return NotDone;
        }

        await seed.ResetAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync("The demo data is as at the first start.");
        return Done;
    }

    private static async Task<int> SayUsageAsync()
    {
        await Console.Error.WriteLineAsync(
            "The commands are: migrate, and in development reset-demo. Without one the server starts.");
        return NotUnderstood;
    }
}
