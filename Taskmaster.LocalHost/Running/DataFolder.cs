using Aspire.Hosting;

namespace Taskmaster.LocalHost.Running;

/// <summary>One instance's files: the stores' data, logs, parameters. It belongs to this process until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OnlyPassable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
        Logs = Directory.CreateDirectory(System.IO.Path.Combine(path, "logs"), OnlyPassable).FullName;
    }

    public string Path { get; }

    public string Logs { get; }

    /// <summary>Holds the reaper's process id while one is at work.</summary>
    public string ReaperFile => System.IO.Path.Combine(Path, "reaper.pid");

    /// <summary>Locks the folder, made if need be, and empties it if the settings ask for that.</summary>
    public static async Task<DataFolder> OpenAsync(LocalHostSettings settings, CancellationToken cancellationToken)
    {
        var path = settings.DataFolder;
        try
        {
            _ = Directory.CreateDirectory(path, OnlyPassable);
            await EndedReaper.WaitAsync(System.IO.Path.Combine(path, "reaper.pid"), cancellationToken);
            var folder = new DataFolder(path, Lock(path));
            if (settings.Fresh)
            {
                folder.Empty();
            }

            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The data folder {path} cannot be used ({exception.Message.TrimEnd('.')}). Make it a folder you may write to, or name another with --LocalHost:DataFolder=<folder>.", exception);
        }
    }

    /// <summary>A store's own folder, readable by its owner only.</summary>
    public string Create(string name) => Directory.CreateDirectory(Of(name), OnlyOwner).FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    public string LogOf(string resource) => System.IO.Path.Combine(Logs, $"{resource}.log");

    public void Dispose() => _lock.Dispose();

    /// <summary>The operating system lets go of the lock when the process ends, however it ends.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new DistributedApplicationException(
                $"Another AppHost is running on the data folder {path}. Stop that one, or name another folder with --LocalHost:DataFolder=<folder>.", exception);
        }
    }

    private void Empty()
    {
        foreach (var directory in Directory.EnumerateDirectories(Path).Where(directory => directory != Logs))
        {
            Directory.Delete(directory, recursive: true);
        }

        File.Delete(Of("parameters.json"));
    }
}
