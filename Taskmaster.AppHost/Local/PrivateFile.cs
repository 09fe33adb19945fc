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

    /// <summary>Beside it first: a crash half way must lose neither the file's old content nor its new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + ".new";
        using (var stream = Create(beside))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(Create(path));
        await writer.WriteAsync(content.AsMemory(), cancellationToken);
    }
}
