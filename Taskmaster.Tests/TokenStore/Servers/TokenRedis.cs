using System.Diagnostics;
using StackExchange.Redis;
using Taskmaster.TokenStore;

namespace Taskmaster.Tests.TokenStore.Servers;

internal static class TokenRedis
{
    /// <summary>Long enough for a machine that is busy with other tests; the tests of outages use a shorter one.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

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

    /// <summary>Repeats <paramref name="condition"/>, with a short wait between, until it is true or the timeout is over.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));

        do
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception exception)
                when (exception is RedisException or TimeoutException && Stopwatch.GetElapsedTime(started) < Timeout)
            {
                continue;
            }
        }
        while (Stopwatch.GetElapsedTime(started) < Timeout && await pause.WaitForNextTickAsync());

        throw new TimeoutException($"The condition was not met within {Timeout}.");
    }
}
