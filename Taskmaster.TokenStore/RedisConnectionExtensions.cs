using StackExchange.Redis;

namespace Taskmaster.TokenStore;

public static class RedisConnectionExtensions
{
    /// <summary>
    /// Settings under which an outage shows within about a second and ends within two: nothing is queued for a Redis
    /// that is away (a code must not be redeemed after its client was told 503), and reconnecting is tried four times a second.
    /// </summary>
    public static ConfigurationOptions ForTokens(this ConfigurationOptions configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);

        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = 1000;
        configuration.AsyncTimeout = 1000;
        configuration.SyncTimeout = 1000;
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        configuration.ReconnectRetryPolicy = new LinearRetry(250);
        return configuration;
    }
}
