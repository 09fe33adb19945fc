using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>
/// The process that takes what services export, on the generator's core, because a collector is not part of what a service
/// costs.
/// </summary>
internal sealed class TelemetryReceiver(int port)
{
    public const string Name = "telemetry";
    public const string CountsPath = "/counts";

    /// <summary>What a service is told to export to it; all else is as OpenTelemetry has it.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public static async Task<TelemetryReceiver> StartAsync(Run run)
    {
        var (_, port) = await OwnProgram.StartAsync(run, Cores.Load, Name, []);
        return new(port);
    }

    public async Task<TelemetryTotal> CountAsync()
    {
        using var http = new HttpClient();
        return (await http.GetFromJsonAsync<TelemetryTotal>(new Uri($"http://127.0.0.1:{port}{CountsPath}")))!;
    }
}
