using System.Diagnostics.Metrics;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.Conformance.Store;

/// <summary>Counts the waits for Redis of one host, by verb.</summary>
internal sealed class RoundTrips : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<string> _verbs = [];

    public RoundTrips(IMeterFactory host)
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == RedisTokenStoreDefaults.RoundTrips && ReferenceEquals(instrument.Meter.Scope, host))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (_gate)
            {
                _verbs.Add((string)tags[0].Value!);
            }
        });
        _listener.Start();
    }

    /// <summary>What was done since the last call, such as <c>find redeem</c>.</summary>
    public string Take()
    {
        lock (_gate)
        {
            var taken = string.Join(' ', _verbs);
            _verbs.Clear();
            return taken;
        }
    }

    public void Dispose() => _listener.Dispose();
}
