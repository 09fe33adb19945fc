namespace Taskmaster.AppHost.Local;

internal static class PrivateFile
{
    /// <summary>A new file that only its owner can read, from its first byte on.</summary>
    public static FileStream Create(string path)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(Create(path));
        await writer.WriteAsync(content.AsMemory(), cancellationToken);
    }
}
