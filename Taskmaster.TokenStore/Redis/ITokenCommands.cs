using StackExchange.Redis;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Sends commands to Redis, one by one or in batches.</summary>
internal interface ITokenCommands
{
    /// <param name="command">Gives its commands to the database at once, and none after it awaited something.</param>
    Task<T> SendAsync<T>(Func<IDatabaseAsync, Task<T>> command);
}
