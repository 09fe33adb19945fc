using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Data;
using Taskmaster.TasksApi.Lists;
using Taskmaster.TasksApi.Requests;

namespace Taskmaster.TasksApi.Tasks;

/// <summary>Those of a user's tasks that a request asks for.</summary>
internal sealed record TaskList(
    Guid? Project, TaskItemStatus? Status, bool? Open, DateTime? UpdatedSince, NpgsqlTsQuery? Search,
    ListPaging<TaskItem, TaskResponse> Paging)
{
    private static readonly ListOrders<TaskItem, TaskResponse> Orders = new(task => task.Id)
    {
        { "updated_at", task => task.UpdatedAt, item => item.UpdatedAt },
        { "title", task => task.Title, item => item.Title },
    };

    public static TaskList Of(TaskListRequest request, QueryFields query) => new(
        request.ProjectId,
        query.Choice<TaskItemStatus>("status", request.Status, TaskChanges.StatusMessage),
        query.Flag("open", request.Open),
        query.Time("updated_since", request.UpdatedSince),
        query.Search("q", request.Search),
        ListPaging<TaskItem, TaskResponse>.Of(request, Orders, task => task.Id, query));

    public IQueryable<TaskResponse> Rows(TasksDbContext db, Caller caller) =>
        Paging.Apply(Filtered(db, caller)).Select(TaskResponse.Projection);

    private IQueryable<TaskItem> Filtered(TasksDbContext db, Caller caller)
    {
        var tasks = db.Tasks.Where(task => task.OwnerId == caller.Owner);
        if (Project is { } project)
        {
            tasks = tasks.Where(task => task.ProjectId == project);
        }

        if (Status is { } status)
        {
            tasks = tasks.Where(task => task.Status == status);
        }

        if (Open is { } open)
        {
            tasks = tasks.Where(task => (task.Status != TaskItemStatus.Done && task.Status != TaskItemStatus.Canceled) == open);
        }

        if (UpdatedSince is { } since)
        {
            tasks = tasks.Where(task => task.UpdatedAt >= since);
        }

        if (Search is { } words)
        {
            tasks = tasks.Where(task => task.Search!.Matches(words));
        }

        return tasks;
    }
}
