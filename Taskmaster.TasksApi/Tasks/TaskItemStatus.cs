using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Tasks;

[JsonConverter(typeof(WireNameConverter<TaskItemStatus>))]
internal enum TaskItemStatus
{
    Backlog,
    Triage,
    Todo,
    InProgress,
    Done,
    Canceled,
}
