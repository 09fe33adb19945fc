namespace Taskmaster.Benchmarks.Machine;

internal static class Ownership
{
    /// <summary>Lets the other user that Postgres runs as write there; the path lies in a folder only this run uses.</summary>
    public static void OpenToAll(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode readAndWrite =
                UnixFileMode.UserRead | UnixFileMode.UserWrite
                | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
                | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            const UnixFileMode pass = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(path, Directory.Exists(path) ? readAndWrite | pass : readAndWrite);
        }
    }
}
