using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Views;

/// <summary>A name for filters of the list of tasks, of which a user has a bounded number.</summary>
internal sealed class SavedView
{
    public const int LabelMaxLength = 60;
    public const int QueryMaxLength = 500;

    /// <summary>Each has one of so many places, so that there are never more, whoever saves at the same time.</summary>
    public const int Most = 20;

    private SavedView(Guid id, Guid ownerId, int place, string label, string query, DateTime createdAt)
    {
        Id = id;
        OwnerId = ownerId;
        Place = place;
        Label = label;
        Query = query;
        CreatedAt = createdAt;
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public int Place { get; private set; }

    public string Label { get; private set; }

    /// <summary>Of <c>GET /api/tasks</c>.</summary>
    public string Query { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public static SavedView Create(Guid ownerId, int place, NewSavedView view, TimeProvider clock)
    {
        var now = clock.Now();
        return new(Guid.CreateVersion7(now), ownerId, place, view.Label, view.Query, now);
    }

    /// <summary>The same label for other filters.</summary>
    public void Show(string query) => Query = query;
}
