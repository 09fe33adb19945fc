using NpgsqlTypes;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Search;
using Taskmaster.TasksApi.Versions;

namespace Taskmaster.TasksApi.Projects;

/// <summary>A named collection of one user's tasks. Deleting it deletes them.</summary>
internal sealed class Project : IVersioned, ISearchable
{
    public const int NameMaxLength = 255;
    public const int DescriptionMaxLength = 500;

    private Project(Guid id, Guid ownerId, string name, string description, DateTime createdAt)
    {
        Id = id;
        OwnerId = ownerId;
        Name = name;
        Description = description;
        CreatedAt = createdAt;
        UpdatedAt = createdAt;
        Version = 1;
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public string Name { get; private set; }

    public string Description { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public int Version { get; private set; }

    /// <inheritdoc cref="Tasks.TaskItem.Via"/>
    public Via? Via { get; private set; }

    public NpgsqlTsVector? Search { get; private set; }

    public static Project Create(Guid ownerId, string name, string description, Via? via, TimeProvider clock)
    {
        var now = clock.Now();
        return new(Guid.CreateVersion7(now), ownerId, name, description, now)
        {
            Search = SearchWords.Vector(name, description),
            Via = via,
        };
    }

    /// <summary>Takes over what is given; null leaves a field as it is.</summary>
    public void Change(string? name, string? description, Via? via, TimeProvider clock)
    {
        Name = name ?? Name;
        Description = description ?? Description;
        Search = SearchWords.Vector(Name, Description);
        UpdatedAt = clock.Now();
        Version++;
        Via = via;
    }
}
