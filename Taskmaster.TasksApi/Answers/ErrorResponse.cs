namespace Taskmaster.TasksApi.Answers;

/// <summary>The error body of the API's documentation.</summary>
internal sealed record ErrorResponse(string Message, IReadOnlyDictionary<string, string[]>? Errors = null);
