using System.Diagnostics.Metrics;

namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>The meter <c>Taskmaster.RequestLog</c> (docs/telemetry.md): what the log lost, so that a gap in it is no riddle.</summary>
public sealed class RequestLogMetrics(IMeterFactory meters)
{
    public const string MeterName = "Taskmaster.RequestLog";

    private readonly Counter<long> _dropped = meters.Create(MeterName)
        .CreateCounter<long>("request_log.dropped", "{request}", "Requests that are missing in their clients' logs.");

    /// <summary>Redis was away or slow when they were due.</summary>
    public void LostToOutage(long requests) => _dropped.Add(requests, new KeyValuePair<string, object?>("request_log.reason", "outage"));

    /// <summary>There were more, of all clients together, than a period may have.</summary>
    public void LostToFullness() => _dropped.Add(1, new KeyValuePair<string, object?>("request_log.reason", "full"));
}
