using Microsoft.AspNetCore.Mvc;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Projects;

internal sealed record AdminProjectListRequest(
    [FromQuery(Name = "search")] string? Search,
    [FromQuery(Name = "user_id")] string? UserId,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? Cursor) : IListRequest;
