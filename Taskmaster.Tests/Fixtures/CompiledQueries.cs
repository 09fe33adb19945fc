using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// Counts the queries that Entity Framework compiles for what runs within it, and not for tests beside it. One that is compiled
/// each time costs some hundred times what it costs to run.
/// </summary>
internal sealed class CompiledQueries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly AsyncLocal<bool> _isMine = new();
    private readonly List<IDisposable> _subscriptions = [];
    private int _count;

    public CompiledQueries()
    {
        _isMine.Value = true;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => Volatile.Read(ref _count);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this, name => name == CoreEventId.QueryExecutionPlanned.Name));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (_isMine.Value)
        {
            Interlocked.Increment(ref _count);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
