using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Taskmaster.Tests.Fixtures;

/// <summary>What Taskmaster's own meters measure; of one host, or of the whole process.</summary>
internal sealed class RecordedMeasurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly ConcurrentDictionary<Instrument, bool> _instruments = new();
    private readonly ConcurrentDictionary<(string Meter, string Instrument, string Attribute, string Value), bool> _values = new();

    public RecordedMeasurements(IMeterFactory? host = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("Taskmaster.", StringComparison.Ordinal)
                && (host is null || ReferenceEquals(instrument.Meter.Scope, host)))
            {
                _instruments.TryAdd(instrument, true);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) => Measured(instrument, measured, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measured(instrument, 1, tags));
        _listener.Start();
    }

    public IEnumerable<Instrument> Instruments => _instruments.Keys;

    public IEnumerable<(string Meter, string Instrument, string Attribute, string Value)> Values => _values.Keys;

    /// <summary>How much was counted, by instrument and attributes, such as <c>auth_server.sign_ins refused</c>.</summary>
    public long Count(string series) => _counts.GetValueOrDefault(series);

    public void Dispose() => _listener.Dispose();

    private void Measured(Instrument instrument, long measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Name;
        foreach (var (name, value) in tags)
        {
            _values.TryAdd((instrument.Meter.Name, instrument.Name, name, $"{value}"), true);
            series += $" {value}";
        }

        _counts.AddOrUpdate(series, measured, (_, before) => before + measured);
    }
}
