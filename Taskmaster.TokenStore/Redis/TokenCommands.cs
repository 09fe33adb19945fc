using StackExchange.Redis;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Sends each command to Redis by itself, without batching.</summary>
internal sealed class TokenCommands(IConnectionMultiplexer redis) : ITokenCommands
{
    public Task<T> SendAsync<T>(Func<IDatabaseAsync, Task<T>> command) => command(redis.GetDatabase());
}
