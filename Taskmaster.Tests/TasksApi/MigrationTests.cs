using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Taskmaster.TasksApi.Data;
using Taskmaster.Tests.TasksApi.Hosting;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class MigrationTests(TasksApiHost host)
{
    [Fact]
    public void The_migrations_describe_the_whole_model()
    {
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TasksDbContext>().Database;

        Assert.NotEmpty(database.GetMigrations());
        Assert.False(database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Replicas_that_start_together_on_an_empty_database_take_turns()
    {
        await host.Postgres.CreateDatabaseAsync("tasksdb_of_replicas");
        var options = new DbContextOptionsBuilder<TasksDbContext>()
            .UseNpgsql(host.Postgres.ConnectionString("tasksdb_of_replicas")).UseSnakeCaseNamingConvention().Options;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var db = new TasksDbContext(options);
            await MigrateTasksDb.MigrateAsync(db.Database, CancellationToken.None);
        })));

        await using var migrated = new TasksDbContext(options);
        Assert.Equal(migrated.Database.GetMigrations(), await migrated.Database.GetAppliedMigrationsAsync());
    }

    [Theory]
    [InlineData("INSERT INTO tasks SELECT gen_random_uuid(), gen_random_uuid(), id, 't', 'd', 'todo', now(), now() FROM projects LIMIT "
        + "1", "fk_tasks_projects")]
    [InlineData("UPDATE tasks SET status = 'sleeping'", "ck_tasks_status")]
    [InlineData("UPDATE tasks SET title = ''", "ck_tasks_title")]
    [InlineData("UPDATE projects SET name = ''", "ck_projects_name")]
    [InlineData("INSERT INTO task_relationships SELECT gen_random_uuid(), owner_id, id, id, 'blocks', now(), now() FROM tasks LIMIT "
        + "1", "ck_task_relationships_not_itself")]
    public async Task What_the_code_relies_on_is_a_constraint(string sql, string constraint)
    {
        await (await host.NewAccountAsync()).NewTaskAsync();
        await using var source = NpgsqlDataSource.Create(host.Postgres.ConnectionString("tasksdb"));
        await using var command = source.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(constraint, refusal.ConstraintName);
    }
}
