using Microsoft.Extensions.DependencyInjection;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Generated;

/// <summary>The same server, exporting its telemetry, all of which is read.</summary>
public sealed class RecordedHost : AuthServerHost
{
    private TelemetryReceiver? _receiver;

    internal RecordedTelemetry Telemetry { get; } = new();

    internal override void Observe(IServiceCollection services) => Telemetry.Observe(services);

    public override async Task InitializeAsync()
    {
        _receiver = await TelemetryReceiver.StartAsync((_, export) => Telemetry.ReadExport(export));
        Set("OTEL_EXPORTER_OTLP_ENDPOINT", _receiver.Address);
        Set("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _receiver!.DisposeAsync();
    }
}
