using Microsoft.AspNetCore.Mvc;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Tasks;

internal sealed record TaskListRequest(
    [FromQuery(Name = "project_id")] Guid? ProjectId,
    [FromQuery(Name = "status")] string? Status,
    [FromQuery(Name = "open")] string? Open,
    [FromQuery(Name = "updated_since")] string? UpdatedSince,
    [FromQuery(Name = "q")] string? Search,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? Cursor) : IListRequest;
