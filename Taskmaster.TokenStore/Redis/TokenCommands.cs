using StackExchange.Redis;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Each command by itself.</summary>
internal sealed class TokenCommands(IConnectionMultiplexer redis) : ITokenCommands
{
    public Task<T> SendAsync<T>(Func<IDatabaseAsync, Task<T>> command) => command(redis.GetDatabase());
}
