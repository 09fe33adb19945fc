using System.Diagnostics.Metrics;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>The meter <c>Taskmaster.RateLimits</c> (docs/telemetry.md): by policy, never by caller, of whom there is no end.</summary>
internal sealed class RateLimitMetrics(IMeterFactory meters)
{
    public const string MeterName = "Taskmaster.RateLimits";

    private readonly Counter<long> _refusals = meters.Create(MeterName)
        .CreateCounter<long>("rate_limit.refusals", "{request}", "Requests refused because their caller had made too many.");

    public void Refused(RateLimitPolicy policy) => _refusals.Add(1, new KeyValuePair<string, object?>("rate_limit.policy", policy.Name));
}
