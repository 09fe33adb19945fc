using System.Text.Json.Serialization;
using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Views;

namespace Taskmaster.TasksApi;

/// <summary>Everything the API writes, and the one place that says it is snake_case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskResponse))]
[JsonSerializable(typeof(List<TaskResponse>))]
[JsonSerializable(typeof(RelationshipResponse))]
[JsonSerializable(typeof(List<RelationshipResponse>))]
[JsonSerializable(typeof(ProjectResponse))]
[JsonSerializable(typeof(List<ProjectResponse>))]
[JsonSerializable(typeof(List<RelatedTaskResponse>))]
[JsonSerializable(typeof(List<ProjectProgress>))]
[JsonSerializable(typeof(List<ChangeResponse>))]
[JsonSerializable(typeof(List<LoggedChangeResponse>))]
[JsonSerializable(typeof(SavedViewResponse))]
[JsonSerializable(typeof(List<SavedViewResponse>))]
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(BearerErrorBody))]
[JsonSerializable(typeof(Outage))]
[JsonSerializable(typeof(ResourceMetadata))]
internal sealed partial class ApiJson : JsonSerializerContext;
