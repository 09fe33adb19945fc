namespace Taskmaster.TasksApi.Answers;

internal static class ResultExtensions
{
    /// <summary>The one answer that a handler of several chose.</summary>
    public static object? Unwrapped(this object? result) => result is INestedHttpResult several ? several.Result : result;
}
