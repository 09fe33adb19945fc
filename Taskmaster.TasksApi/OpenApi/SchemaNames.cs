using Taskmaster.TasksApi.Answers;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.TasksApi.Events;
using Taskmaster.TasksApi.Projects;
using Taskmaster.TasksApi.Relationships;
using Taskmaster.TasksApi.Tasks;
using Taskmaster.TasksApi.Views;

namespace Taskmaster.TasksApi.OpenApi;

/// <summary>What the original's document calls our types; others keep their own names.</summary>
internal static class SchemaNames
{
    public const string Error = "Error";
    public const string AccessError = "AccessError";
    public const string Problem = "Problem";

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(TaskResponse)] = "Task",
        [typeof(TaskItemStatus)] = "TaskStatus",
        [typeof(RelationshipResponse)] = "TaskRelationship",
        [typeof(RelationshipType)] = "RelationshipType",
        [typeof(ProjectResponse)] = "Project",
        [typeof(RelatedTaskResponse)] = "RelatedTask",
        [typeof(RelationshipDirection)] = nameof(RelationshipDirection),
        [typeof(ProjectProgress)] = "ProjectProgress",
        [typeof(ChangeResponse)] = "TaskChange",
        [typeof(ChangePage)] = "ChangePage",
        [typeof(ChangedItem)] = "Change",
        [typeof(ChangeKind)] = nameof(ChangeKind),
        [typeof(LoggedChangeResponse)] = "LoggedChange",
        [typeof(ChangeSubject)] = nameof(ChangeSubject),
        [typeof(Via)] = nameof(Via),
        [typeof(ViaKind)] = nameof(ViaKind),
        [typeof(SavedViewResponse)] = "SavedView",
        [typeof(ErrorResponse)] = Error,
        [typeof(BearerErrorBody)] = AccessError,
        [typeof(Outage)] = Problem,
    };

    public static string Of(Type type) => Names.GetValueOrDefault(type, type.Name);

    public static bool IsNamed(Type type) => Names.ContainsKey(type);
}
