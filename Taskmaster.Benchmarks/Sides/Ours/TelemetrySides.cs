using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Sides.Ours;

/// <summary>
/// A second AuthServer, TasksApi and Web on the stores of another side, which export all of their telemetry to a receiver; Web
/// speaks TLS as well.
/// </summary>
internal static class TelemetrySides
{
    public const string Direct = "ours, with telemetry";
    public const string ThroughWebTls = "ours, through Web, TLS and telemetry";

    /// <returns>The services themselves, and the same by TLS through their Web.</returns>
    public static async Task<IReadOnlyList<Side>> StartAsync(Run run, Side ours, RunCertificate certificate)
    {
        var receiver = await TelemetryReceiver.StartAsync(run);
        var environment = TaskmasterProcess.Environment(ours.OriginPort, ours.Redis!, ours.Postgres!, receiver.Settings);
        var (port, apiPort, webPort, tlsPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
        var side = ours with
        {
            Name = Direct,
            Kind = SideKind.WithTelemetry,
            Port = port,
            ApiPort = apiPort,
            Telemetry = receiver,
            Servers =
            [
                await TaskmasterProcess.StartAsync(run, TaskmasterProcess.AuthServer(Direct), Places.AuthServer, port, environment),
                await TaskmasterProcess.StartAsync(run, TaskmasterProcess.TasksApi(Direct), Places.TasksApi, apiPort, environment),
            ],
        };

        var web = await TaskmasterProcess.StartWebAsync(run, Direct, webPort, tlsPort, certificate, side, environment);
        return
        [
            side,
            side with
            {
                Name = ThroughWebTls,
                Kind = SideKind.Tls,
                Port = tlsPort,
                ApiPort = tlsPort,
                Certificate = certificate.Pem,
                Servers = [web, .. side.Servers],
            },
        ];
    }
}
