using StackExchange.Redis;
using Taskmaster.TokenStore;
using Taskmaster.TokenStore.Conformance.Store;

namespace Taskmaster.Tests.TokenStore.Servers;

internal static class TokenRedis
{
    /// <summary>Long enough for a machine that is busy with other tests; the tests of outages use a shorter one.</summary>
    public static readonly TimeSpan Timeout = Eventually.Timeout;

    public static ConfigurationOptions Configure(IEnumerable<string> addresses)
    {
        var configuration = new ConfigurationOptions { AllowAdmin = true }.ForTokens();
        configuration.AsyncTimeout = (int)Timeout.TotalMilliseconds;
        configuration.SyncTimeout = (int)Timeout.TotalMilliseconds;
        foreach (var address in addresses)
        {
            configuration.EndPoints.Add(address);
        }

        return configuration;
    }

    /// <summary>Connects to a server that was just started, as soon as it answers.</summary>
    public static async Task<IConnectionMultiplexer> ConnectAsync(ConfigurationOptions configuration)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        await UntilAsync(async () => await connection.GetDatabase().PingAsync() > TimeSpan.Zero);
        return connection;
    }

    /// <inheritdoc cref="Eventually.IsAsync"/>
    public static Task UntilAsync(Func<Task<bool>> condition) => Eventually.IsAsync(condition);
}
