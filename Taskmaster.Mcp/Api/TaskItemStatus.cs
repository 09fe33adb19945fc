namespace Taskmaster.Mcp.Api;

/// <summary>How far a task is, in the API's words once written in snake_case.</summary>
internal enum TaskItemStatus
{
    Backlog,
    Triage,
    Todo,
    InProgress,
    Done,
    Canceled,
}
