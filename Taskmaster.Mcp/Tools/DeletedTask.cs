using System.ComponentModel;

namespace Taskmaster.Mcp.Tools;

internal sealed record DeletedTask([property: Description("Id of the task that was deleted, for restore_task")] Guid TaskId);
