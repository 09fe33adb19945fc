using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Requests;

/// <summary>A request body of whatever kind, read; and why it could not be.</summary>
internal interface IBody
{
    InvalidRequest? Problem { get; }
}
