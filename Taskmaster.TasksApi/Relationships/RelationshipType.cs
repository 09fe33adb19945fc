using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Relationships;

[JsonConverter(typeof(WireNameConverter<RelationshipType>))]
internal enum RelationshipType
{
    Blocks,
    RelatesTo,
    Duplicates,
}
