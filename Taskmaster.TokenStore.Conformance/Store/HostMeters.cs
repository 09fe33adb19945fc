using System.Diagnostics.Metrics;

namespace Taskmaster.TokenStore.Conformance.Store;

/// <summary>The meters of one host, told from those of another by their scope, as in an application.</summary>
internal sealed class HostMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
