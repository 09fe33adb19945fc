namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>What the server has given out so far, for requests that are to succeed; the newest of each kind.</summary>
internal sealed class KnownValues
{
    private const int Kept = 8;

    private readonly Dictionary<string, Queue<string>> _values = [];

    /// <summary>The kind is the name of the parameter that the value is for.</summary>
    public void Add(string kind, string value)
    {
        if (!_values.TryGetValue(kind, out var values))
        {
            _values[kind] = values = new Queue<string>();
        }

        values.Enqueue(value);
        if (values.Count > Kept)
        {
            _ = values.Dequeue();
        }
    }

    public string Newest(string kind) => _values.TryGetValue(kind, out var values) ? values.Last() : $"no-{kind}-yet";
}
