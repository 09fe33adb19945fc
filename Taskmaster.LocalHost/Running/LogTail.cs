namespace Taskmaster.LocalHost.Running;

internal static class LogTail
{
    private const int Lines = 25;

    /// <summary>The last lines of a log, indented, for a message.</summary>
    public static string Of(string path) =>
        File.Exists(path)
            ? string.Join(Environment.NewLine, File.ReadLines(path).TakeLast(Lines).Select(line => "  | " + line))
            : "";
}
