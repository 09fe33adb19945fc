namespace Taskmaster.LocalHost.Running;

internal static class DataRoot
{
    /// <summary>
    /// Where data folders are. Postgres refuses to run as root, and the user it then runs as cannot pass root's home.
    /// </summary>
    public static string Path { get; } = Environment.IsPrivilegedProcess
        ? "/var/lib/taskmaster"
        : System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "taskmaster");
}
