namespace Taskmaster.TasksApi.Requests;

/// <summary>The error body of the API's documentation.</summary>
internal sealed record ErrorResponse(string Message, IReadOnlyDictionary<string, string[]>? Errors = null);
