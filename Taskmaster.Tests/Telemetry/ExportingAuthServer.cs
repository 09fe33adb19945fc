using Microsoft.Extensions.DependencyInjection;
using Taskmaster.Tests.AuthServer;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Telemetry;

/// <summary>The authorization server with telemetry switched on, as a host switches it on.</summary>
public sealed class ExportingAuthServer : AuthServerHost
{
    private TelemetryReceiver? _receiver;

    internal RecordedSpans Recorded { get; } = new();

    internal override void Observe(IServiceCollection services) => Recorded.Observe(services);

    public override async Task InitializeAsync()
    {
        _receiver = await TelemetryReceiver.StartAsync((_, _) => { });
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
