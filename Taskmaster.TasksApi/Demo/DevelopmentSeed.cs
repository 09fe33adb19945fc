using Microsoft.EntityFrameworkCore;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Tasks;

namespace Taskmaster.TasksApi.Demo;

/// <summary>
/// Gives the demo user a project with tasks, so that the README's first curl shows something. Does nothing once the
/// user has any project, so that restarts neither add nor bring back.
/// </summary>
internal sealed class DevelopmentSeed(IServiceScopeFactory scopes, DemoOptions demo, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>();
        if (await db.Projects.AnyAsync(project => project.OwnerId == demo.UserId, cancellationToken))
        {
            return;
        }

        Add(db);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Deletes everything of the demo user's and seeds again, in one transaction. Subscribers to changes hear of it.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TasksDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Tasks.Where(task => task.OwnerId == demo.UserId).ExecuteDeleteAsync(cancellationToken);
        await db.Projects.Where(project => project.OwnerId == demo.UserId).ExecuteDeleteAsync(cancellationToken);
        Add(db);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Add(TasksDbContext db)
    {
        var project = Project.Create(
            demo.UserId, "Website Redesign", "Complete redesign of the company website with modern UI/UX", via: null, clock);
        db.Add(project);
        db.AddRange(
            Demo(project, "Review API documentation", "Read both flow documents and try their examples", TaskItemStatus.Todo),
            Demo(project, "Complete project setup", "Initialize the project with all necessary dependencies", TaskItemStatus.Done),
            Demo(project, "Write comprehensive tests", "Add test coverage for all endpoints", TaskItemStatus.InProgress));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private TaskItem Demo(Project project, string title, string description, TaskItemStatus status) =>
        TaskItem.Create(demo.UserId, new NewTask(title, description, project.Id, status), via: null, clock);
}

internal static class DevelopmentSeedExtensions
{
    /// <summary>Seeds the demo data, in Development and only when the section <c>Demo</c> names a user.</summary>
    public static void AddDevelopmentSeed(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue<Guid?>("Demo:UserId") is { } user)
        {
            builder.Services.AddSingleton(new DemoOptions(user));
            builder.Services.AddSingleton<DevelopmentSeed>();
            builder.Services.AddHostedService(services => services.GetRequiredService<DevelopmentSeed>());
        }
    }
}
