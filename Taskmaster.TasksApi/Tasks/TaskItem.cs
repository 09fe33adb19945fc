using NpgsqlTypes;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Search;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Tasks;

/// <summary>Something to do, in one of its owner's projects.</summary>
internal sealed class TaskItem : IVersioned, ISearchable
{
    public const int TitleMaxLength = 255;
    public const int DescriptionMaxLength = 500;

    private TaskItem(Guid id, Guid ownerId, Guid projectId, string title, string description, TaskItemStatus status, DateTime createdAt)
    {
        Id = id;
        OwnerId = ownerId;
        ProjectId = projectId;
        Title = title;
        Description = description;
        Status = status;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
        Version = 1;
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public Guid ProjectId { get; private set; }

    public string Title { get; private set; }

    public string Description { get; private set; }

    public TaskItemStatus Status { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>What made it what it is. A trigger copies it to the log of changes, so that it costs no statement.</summary>
    public Via? Via { get; private set; }

    public NpgsqlTsVector? Search { get; private set; }

    public static TaskItem Create(Guid ownerId, NewTask task, Via? via, TimeProvider clock, Guid? id = null)
    {
        var now = clock.Now();
        return new(id ?? Guid.CreateVersion7(now), ownerId, task.ProjectId, task.Title, task.Description, task.Status, now)
        {
            Search = SearchWords.Vector(task.Title, task.Description),
            Via = via,
        };
    }

    /// <summary>Takes over what is given; null leaves a field as it is.</summary>
    public void Change(TaskChanges changes, Via? via, TimeProvider clock)
    {
        Title = changes.Title ?? Title;
        Description = changes.Description ?? Description;
        Status = changes.Status ?? Status;
        ProjectId = changes.ProjectId ?? ProjectId;
        Search = SearchWords.Vector(Title, Description);
        UpdatedAt = After(UpdatedAt, clock.Now());
        Version++;
        Via = via;
    }

    /// <summary>
    /// Never the same time twice, whatever the clocks of replicas: in a list, which has no entity tags, it tells one state of a task from
    /// another.
    /// </summary>
    private static DateTime After(DateTime last, DateTime now) => now > last ? now : last.AddMilliseconds(1);
}
