using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Events;

[JsonConverter(typeof(WireNameConverter<ChangeKind>))]
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,
}
