using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Authentication;

[JsonConverter(typeof(WireNameConverter<ViaKind>))]
internal enum ViaKind
{
    Application,
    ApiKey,
    Website,
}
