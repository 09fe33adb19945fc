using System.Text.RegularExpressions;

namespace Taskmaster.LocalHost.Running;

internal static partial class EnvironmentNames
{
    /// <summary><c>TASKSDB_HOST</c> for the host of tasksdb.</summary>
    public static string Of(string resource, string property) =>
        $"{NotAlphanumeric().Replace(resource, "_")}_{NotAlphanumeric().Replace(property, "_")}".ToUpperInvariant();

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotAlphanumeric();
}
