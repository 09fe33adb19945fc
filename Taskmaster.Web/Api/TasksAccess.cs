namespace Taskmaster.Web.Api;

/// <summary>What an application is registered for, as the management API names it and as its owner reads it.</summary>
internal static class TasksAccess
{
    public const string None = "none";
    public const string Read = "read";
    public const string ReadWrite = "read_write";

    public static IEnumerable<KeyValuePair<string, string>> Options { get; } =
    [
        new(None, "Sign people in only"),
        new(Read, "Sign people in, and see their projects and tasks"),
        new(ReadWrite, "Sign people in, and see and change their projects and tasks"),
    ];
}
