using System.Text.Json;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// One instance's files: the stores' data, and in <c>parameters.json</c> the secrets that protect it, so that neither can be
/// lost without the other. It belongs to this process until it is disposed.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private const string Parameters = "parameters.json";

    private const UnixFileMode OnlyPassable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] Stores = ["postgres", "redis", "redis-garnet"];

    private readonly FileStream _lock;
    private readonly LocalSettings _settings;
    private readonly Lock _parametersLock = new();
    private Dictionary<string, string>? _parameters;

    private DataFolder(LocalSettings settings, FileStream @lock)
    {
        _settings = settings;
        _lock = @lock;
    }

    public string Path => _settings.DataFolder;

    /// <summary>Locks the folder, made if need be, and empties it if the settings ask for that.</summary>
    /// <exception cref="RefusalException">The folder cannot be used, or another AppHost is using it.</exception>
    public static DataFolder Open(LocalSettings settings)
    {
        var path = settings.DataFolder;
        try
        {
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyPassable);
            var folder = new DataFolder(settings, Lock(path));
            if (settings.Fresh)
            {
                folder.Empty();
            }

            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, exception);
        }
    }

    public static RefusalException Unusable(string path, Exception exception) => new(
        $"The data folder {path} cannot be used ({exception.Message.TrimEnd('.')}). Make it a folder you may write to, with room in "
        + $"it, or name another with --Local:DataFolder=<folder>.", exception);

    /// <summary>A store's own folder, readable by its owner only.</summary>
    public string Create(string name) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(Of(name)).FullName
        : Directory.CreateDirectory(Of(name), OnlyOwner).FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The value kept under the name; made and kept at its first use.</summary>
    /// <exception cref="RefusalException">The file is damaged, or gone though the data it protects is there.</exception>
    public string GetOrAddParameter(string name, Func<string> make)
    {
        lock (_parametersLock)
        {
            _parameters ??= Read();
            if (!_parameters.TryGetValue(name, out var value))
            {
                _parameters[name] = value = make();
                Write(_parameters);
            }

            return value;
        }
    }

    /// <summary>Whether a value is kept under the name; where no file is, none is.</summary>
    public bool HasParameter(string name)
    {
        lock (_parametersLock)
        {
            return File.Exists(Of(Parameters)) && (_parameters ??= Read()).ContainsKey(name);
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (_settings.IsThrowAway && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>The operating system lets go of the lock when the process ends, however it ends.</summary>
    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeldByAnother(exception))
        {
            throw new RefusalException(
                $"Another AppHost is running on the data folder {path}. Stop that one, or start beside it with --Local:Instance=<name>.",
                exception);
        }
    }

    /// <summary>A sharing violation: ERROR_SHARING_VIOLATION on Windows, else EWOULDBLOCK, which macOS has another number for.</summary>
    private static bool IsHeldByAnother(IOException exception) =>
        (exception.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11);

    private Dictionary<string, string> Read()
    {
        var file = Of(Parameters);
        if (!File.Exists(file))
        {
            return Array.Find(Stores, store => Directory.Exists(Of(store))) is { } store
                ? throw new RefusalException(
                    $"The data in {Of(store)} is protected by secrets that were in {file}, which is gone. Put the file back, or use "
                    + $"another data folder with --Local:DataFolder=<folder>.")
                : new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
        }
        catch (JsonException exception)
        {
            throw new RefusalException(
                $"{file}, which holds the secrets that protect the stored data, is damaged. Put a copy of it back.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(Path, exception);
        }
    }

    private void Write(Dictionary<string, string> values)
    {
        try
        {
            PrivateFile.Replace(Of(Parameters), JsonSerializer.SerializeToUtf8Bytes(values));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The secrets of this instance cannot be kept in {Path} ({exception.Message.TrimEnd('.')}). Make "
                + $"room there, or name another folder with --Local:DataFolder=<folder>.", exception);
        }
    }

    private void Empty()
    {
        foreach (var store in Stores.Where(store => Directory.Exists(Of(store))))
        {
            Directory.Delete(Of(store), recursive: true);
        }

        File.Delete(Of(Parameters));
    }
}
