using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.AuthServer.Clients;

/// <summary>Tells every replica, over Redis, that a client changed.</summary>
internal sealed partial class ClientEvictions(IConnectionMultiplexer redis, ClientCache cache, ILogger<ClientEvictions> logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Messages sent while the connection was away are lost, so everything may be stale.
        redis.ConnectionRestored += (_, _) => cache.EvictAll();

        // Not awaited to the end: Redis being away at start must not keep the server from starting. The client
        // library subscribes by itself when the connection comes, and until then Lifetime bounds staleness.
        return redis.GetSubscriber().SubscribeAsync(
            RedisKeys.ClientChanged, (_, clientId) => cache.Evict(clientId.ToString()), CommandFlags.FireAndForget);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The change is committed already, so an outage here delays it by the cache's lifetime and fails nothing.</summary>
    public async Task AnnounceAsync(Client client)
    {
        cache.Evict(client.ClientId);

        try
        {
            await redis.SendAsync("PUBLISH", database => database.PublishAsync(RedisKeys.ClientChanged, client.ClientId));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            Log.NotAnnounced(logger, client.ClientId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The change of client {ClientId} could not be announced to the other replicas; they see it "
            + "when their cache expires.")]
        public static partial void NotAnnounced(ILogger logger, string clientId, Exception exception);
    }
}
