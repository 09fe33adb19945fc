using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Events;

[JsonConverter(typeof(WireNameConverter<ChangeSubject>))]
internal enum ChangeSubject
{
    Task,
    Project,
}
