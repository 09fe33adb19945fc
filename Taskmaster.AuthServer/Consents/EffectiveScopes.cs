using Taskmaster.ServiceDefaults;

namespace Taskmaster.AuthServer.Consents;

/// <summary>What a token will be able to do, which is what the user must agree to.</summary>
internal static class EffectiveScopes
{
    /// <summary>
    /// A token without any <c>tasks:*</c> scope may read and write tasks, as the documentation has it; consent to
    /// it must say so, and consent to read only must not cover it.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> requested)
    {
        var limited = requested.Contains(TaskmasterScopes.TasksRead) || requested.Contains(TaskmasterScopes.TasksWrite);
        return limited ? [.. requested.Distinct()] : [.. requested.Distinct(), TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite];
    }
}
