using Microsoft.AspNetCore.Mvc;
using Taskmaster.TasksApi.Lists;

namespace Taskmaster.TasksApi.Relationships;

internal sealed record RelationshipListRequest(
    [FromRoute(Name = "task_id")] Guid TaskId,
    [FromQuery(Name = "relationship_type")] string? Type,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "limit")] string? Limit,
    [FromQuery(Name = "cursor")] string? Cursor) : IListRequest;
