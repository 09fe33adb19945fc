using System.Diagnostics.Metrics;

namespace Taskmaster.TokenStore;

/// <summary>
/// The meter <c>Taskmaster.TokenStore</c>: <c>token_store.round_trips</c> counts the waits for Redis by verb (find,
/// birth, issue, redeem, rotate, mark, close, attempt, update, delete), <c>token_store.outages</c> those that ended without
/// an answer.
/// </summary>
internal sealed class TokenStoreMetrics
{
    private readonly Counter<long> roundTrips;
    private readonly Counter<long> outages;

    /// <param name="factory">The host's; none in a bare container.</param>
    public TokenStoreMetrics(IMeterFactory? factory)
    {
        var meter = factory?.Create(RedisTokenStoreDefaults.MeterName) ?? new Meter(RedisTokenStoreDefaults.MeterName);
        roundTrips = meter.CreateCounter<long>(RedisTokenStoreDefaults.RoundTrips, "{round trip}", "Waits for Redis.");
        outages = meter.CreateCounter<long>("token_store.outages", "{outage}", "Waits for Redis that ended without an answer.");
    }

    public void RoundTrip(string verb) => roundTrips.Add(1, new KeyValuePair<string, object?>("verb", verb));

    public void Outage(string verb) => outages.Add(1, new KeyValuePair<string, object?>("verb", verb));
}
