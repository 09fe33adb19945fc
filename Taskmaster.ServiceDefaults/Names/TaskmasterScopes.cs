namespace Taskmaster.ServiceDefaults.Names;

/// <summary>The scopes of Taskmaster's own resources; the OpenID Connect ones are OpenIddict's constants.</summary>
public static class TaskmasterScopes
{
    public const string TasksRead = "tasks:read";
    public const string TasksWrite = "tasks:write";

    /// <summary>What there is to be allowed about projects and tasks. Each is said by itself: to write is not to read.</summary>
    public static IReadOnlyList<string> Tasks { get; } = [TasksRead, TasksWrite];

    /// <summary>
    /// The management API behind the Developer and Account pages. Granted to first-party clients only and not advertised.
    /// </summary>
    public const string ClientsManage = "clients:manage";

    public static bool IsOfTasks(string scope) => scope is TasksRead or TasksWrite;
}
