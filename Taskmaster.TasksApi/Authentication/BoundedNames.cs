using System.Collections.Concurrent;

namespace Taskmaster.TasksApi.Authentication;

/// <summary>
/// Values of a metric's attribute that others choose, bounded: the first so many keep their own names, for as long as the
/// process lives, because a series that has begun must not go on under another name. All others are one.
/// </summary>
internal sealed class BoundedNames(int most)
{
    /// <summary>What OpenTelemetry's conventions call a value that is not among the known ones.</summary>
    public const string Other = "_OTHER";

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public string Of(string name)
    {
        if (_names.TryGetValue(name, out var known))
        {
            return known;
        }

        lock (_lock)
        {
            return _names.Count < most ? _names.GetOrAdd(name, name) : Other;
        }
    }
}
