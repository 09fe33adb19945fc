using System.Globalization;
using System.Text.Json.Serialization;

namespace Taskmaster.Web.Api;

internal sealed record Project(Guid Id, string Name, string Description, DateTimeOffset CreatedAt);

internal sealed record ProjectFields(string? Name, string? Description);

/// <summary>A name for filters of the list of tasks, as <see cref="TaskQuery.Filters"/> writes them.</summary>
internal sealed record SavedView(Guid Id, string Label, string Query)
{
    public const int LabelMaxLength = 60;
}

/// <summary>How many of a project's tasks are neither done nor canceled, done, canceled.</summary>
internal sealed record ProjectProgress(Guid ProjectId, int Open, int InProgress, int Done, int Canceled);

internal sealed record TaskItem(
    Guid Id, string Title, string Description, string Status, Guid? ProjectId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>What it says besides its title; null for a task that was added by its title alone.</summary>
    [JsonIgnore]
    public string? Details => Description == Title ? null : Description;

    /// <summary>
    /// Tells this state from any other of the task's, in pages that have it from a list: the API never gives a time twice.
    /// </summary>
    [JsonIgnore]
    public long State => UpdatedAt.ToUnixTimeMilliseconds();

    /// <summary>The time of a <see cref="State"/> that comes back with a form; null for what is none.</summary>
    public static DateTimeOffset? TimeOf(string state) =>
        long.TryParse(state, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}

/// <summary>What a task is made of; on an update, what is null stays as it is.</summary>
internal sealed record TaskFields(
    string? Title = null, string? Description = null, string? Status = null, Guid? ProjectId = null)
{
    /// <summary>Of a task of which there is only a line yet. The API wants something to read in every field.</summary>
    public static TaskFields OfLine(string line, Guid project) => new(line, line, ProjectId: project);
}

/// <summary>The changes of one task among several; none is made if the task is no longer in the state that was seen.</summary>
internal sealed record TaskChange(Guid Id, string? Status, Guid? ProjectId, DateTimeOffset? UnchangedSince);

/// <summary>A task that has a relationship with another: which of the two it is the other's, says the direction.</summary>
internal sealed record RelatedTask(Guid RelationshipId, string RelationshipType, string Direction, TaskItem Task);

/// <summary>What one task is to another.</summary>
internal sealed record Relationship(Guid Id);

/// <summary>One line of a task's history.</summary>
internal sealed record HistoryEntry(string Kind, DateTimeOffset At, Via? Via);

/// <summary>One line of what became of all of the user's tasks and projects.</summary>
internal sealed record LoggedChange(string Subject, Guid Id, string? Title, string Kind, DateTimeOffset At, Via? Via);

/// <summary>What acted for the user: an application, an API key, or this site.</summary>
internal sealed record Via(string Kind, string ClientId)
{
    public const string Application = "application";
    public const string ApiKey = "api_key";
    public const string Website = "website";
}
