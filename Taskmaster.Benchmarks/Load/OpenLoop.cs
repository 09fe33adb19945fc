using System.Diagnostics;
using System.Net.Sockets;

namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// Sends by a fixed schedule, whatever the server does: each request has its time, and its latency counts from that time, also
/// when it is sent late because all connections wait for answers. A server that stops for a moment is so seen by all requests that
/// somebody would have made meanwhile, and not by the few under way (no coordinated omission).
/// </summary>
internal sealed class OpenLoop(LoadJob job, double rate)
{
    private static readonly TimeSpan UntilFirst = TimeSpan.FromMilliseconds(100);

    private readonly long[] _latencies = new long[job.MaximumFlows];
    private readonly long[] _lateness = new long[job.MaximumFlows];
    private readonly double _interval = Stopwatch.Frequency / rate;
    private long _first;
    private int _taken;
    private string? _broken;

    public LoadResult Run()
    {
        // Connected, and each having sent one before: the handshake is not what is measured.
        var workers = Enumerable.Range(0, job.Connections).Select(_ => new FlowWorker(job)).ToList();
        workers.ForEach(worker => worker.Run(string.Empty));

        // So that none comes in between.
        GC.Collect();

        var processor = Environment.CpuUsage.TotalTime;
        _first = Stopwatch.GetTimestamp() + (long)(UntilFirst.TotalSeconds * Stopwatch.Frequency);
        var threads = workers.ConvertAll(worker => new Thread(() => Work(worker)));
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var elapsed = Stopwatch.GetElapsedTime(_first);
        workers.ForEach(worker => worker.Dispose());

        return new LoadResult(
            _latencies.Length,
            elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            workers.Sum(worker => worker.Failures) + (_broken is null ? 0 : 1),
            _broken ?? workers.Select(worker => worker.FirstFailure).FirstOrDefault(failure => failure is not null),
            new Dictionary<string, IReadOnlyList<string>>())
        {
            Latency = Percentiles.Of(_latencies),
            Lateness = Percentiles.Of(_lateness),
        };
    }

    private void Work(FlowWorker worker)
    {
        PreciseWait.Prepare();
        try
        {
            for (int index; (index = Interlocked.Increment(ref _taken) - 1) < _latencies.Length;)
            {
                var intended = _first + (long)(index * _interval);
                PreciseWait.Until(intended);
                _lateness[index] = Stopwatch.GetTimestamp() - intended;
                worker.Run(string.Empty);
                _latencies[index] = Stopwatch.GetTimestamp() - intended;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            _broken = exception.Message;
        }
    }
}
