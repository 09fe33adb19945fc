using System.Diagnostics.Metrics;
using Taskmaster.TokenStore;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>Counts the waits for Redis of one host, by verb.</summary>
public sealed class RoundTrips : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly List<string> verbs = [];

    public RoundTrips(IMeterFactory host)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == RedisTokenStoreDefaults.RoundTrips && ReferenceEquals(instrument.Meter.Scope, host))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            lock (gate)
            {
                verbs.Add((string)tags[0].Value!);
            }
        });
        listener.Start();
    }

    /// <summary>What was done since the last call, such as <c>find redeem</c>.</summary>
    public string Take()
    {
        lock (gate)
        {
            var taken = string.Join(' ', verbs);
            verbs.Clear();
            return taken;
        }
    }

    public void Dispose() => listener.Dispose();
}
