using System.Diagnostics.Metrics;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>Counts the answers of one host that the short path gave, and those it did not.</summary>
internal sealed class ShortPathAnswers : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _short;
    private int _whole;

    public ShortPathAnswers(IMeterFactory host)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == TokenRequests.Answers && ReferenceEquals(instrument.Meter.Scope, host))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            Interlocked.Increment(ref tags.ToArray().Contains(new(TokenRequests.ShortPath, true)) ? ref _short : ref _whole));
        _listener.Start();
    }

    public (int Short, int Whole) Take() => (Interlocked.Exchange(ref _short, 0), Interlocked.Exchange(ref _whole, 0));

    public void Dispose() => _listener.Dispose();
}
