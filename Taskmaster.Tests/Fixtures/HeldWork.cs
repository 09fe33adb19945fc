namespace Taskmaster.Tests.Fixtures;

/// <summary>Takes what would go to the thread pool, and does it when it is told to.</summary>
public sealed class HeldWork
{
    private readonly Queue<Action> _held = new();

    public int Count => _held.Count;

    public bool Hold(WaitCallback work, object? state)
    {
        _held.Enqueue(() => work(state));
        return true;
    }

    public void DoNext() => _held.Dequeue()();
}
