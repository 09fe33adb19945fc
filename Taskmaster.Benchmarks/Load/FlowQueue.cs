using System.Diagnostics;

namespace Taskmaster.Benchmarks.Load;

/// <summary>Hands out the flows of a job until its time is over or its values are used up.</summary>
internal sealed class FlowQueue(LoadJob job)
{
    private readonly int _maximum = Math.Min(job.MaximumFlows, job.Values?.Count ?? int.MaxValue);
    private readonly Stopwatch _watch = new();
    private int _taken;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>The job's time begins: all connections are open, of which a thousand may take seconds.</summary>
    public void Begin() => _watch.Start();

    public bool TryTake(out string value)
    {
        value = string.Empty;
        var index = Interlocked.Increment(ref _taken) - 1;
        if (index >= _maximum || _watch.Elapsed.TotalSeconds >= job.Seconds)
        {
            return false;
        }

        value = job.Values?[index] ?? string.Empty;
        return true;
    }
}
