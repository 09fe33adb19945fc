using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.AuthServer.Clients;

/// <summary>What the owner of an application registers it for, in the words of the management API.</summary>
internal static class TasksAccess
{
    /// <summary>The application only signs its users in and has no access to tasks.</summary>
    public const string None = "none";
    public const string Read = "read";
    public const string ReadWrite = "read_write";

    public static IReadOnlyList<string> All { get; } = [None, Read, ReadWrite];

    public static IReadOnlyList<string> ScopesOf(string access) => access switch
    {
        None => [],
        Read => [TaskmasterScopes.TasksRead],
        ReadWrite => TaskmasterScopes.Tasks,
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "Not an access to tasks."),
    };

    public static string Of(Client client) => client.Scopes.Contains(TaskmasterScopes.TasksWrite)
        ? ReadWrite
        : client.Scopes.Contains(TaskmasterScopes.TasksRead) ? Read : None;
}
