namespace Taskmaster.TokenStore.Redis;

public static class RedisTokenStoreDefaults
{
    /// <summary>The meter to add to OpenTelemetry.</summary>
    public const string MeterName = "Taskmaster.TokenStore";

    /// <summary>The source of spans to add to OpenTelemetry: each command to Redis, below the request that waits for it.</summary>
    public const string ActivitySourceName = "Taskmaster.TokenStore";

    /// <summary>The counter of waits for Redis; tagged with the verb.</summary>
    public const string RoundTrips = "token_store.round_trips";
}
