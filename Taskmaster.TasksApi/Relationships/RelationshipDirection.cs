using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Data;

namespace Taskmaster.TasksApi.Relationships;

/// <summary>Which of the two tasks has the relationship: the one that was asked about, or the other.</summary>
[JsonConverter(typeof(WireNameConverter<RelationshipDirection>))]
internal enum RelationshipDirection
{
    Outgoing,
    Incoming,
}
