using System.Text.Json;
using Aspire.Hosting;

namespace Taskmaster.LocalHost.Running;

/// <summary>Generated parameters, in a file only its owner can read, so that a restart finds the same passwords and keys. Without a file they live in memory.</summary>
internal sealed class ParameterStore(string? file)
{
    private readonly Lock _lock = new();
    private Dictionary<string, string>? _values;

    public string GetOrAdd(string name, Func<string> generate)
    {
        lock (_lock)
        {
            _values ??= Read();
            if (!_values.TryGetValue(name, out var value))
            {
                value = _values[name] = generate();
                Write(_values);
            }

            return value;
        }
    }

    private Dictionary<string, string> Read()
    {
        if (file is null || !File.Exists(file))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException(
                $"{file}, which holds the passwords of the stored data, is damaged. Restore it, or start with `-- --fresh` to begin with empty data.", exception);
        }
    }

    private void Write(Dictionary<string, string> values)
    {
        if (file is null)
        {
            return;
        }

        // Beside it first: a crash half way must not lose the passwords of existing data.
        var beside = file + ".new";
        using (var stream = new FileStream(beside, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            JsonSerializer.Serialize(stream, values);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }
}
