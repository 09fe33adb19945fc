using System.Diagnostics;
using StackExchange.Redis;
using Taskmaster.TokenStore;

namespace Taskmaster.Tests.TokenStore.Servers;

internal static class TokenRedis
{
    /// <summary>What a machine that is busy with other tests may take; only the tests of outages want less.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static ConfigurationOptions Configure(IEnumerable<string> addresses)
    {
        var configuration = new ConfigurationOptions { AllowAdmin = true }.ForTokens();
        configuration.AsyncTimeout = (int)Patience.TotalMilliseconds;
        configuration.SyncTimeout = (int)Patience.TotalMilliseconds;
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

    /// <summary>Asks again, with a breath between, until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var started = Stopwatch.GetTimestamp();
        using var breath = new PeriodicTimer(TimeSpan.FromMilliseconds(20));

        do
        {
            try
            {
                if (await isSo())
                {
                    return;
                }
            }
            catch (Exception exception)
                when (exception is RedisException or TimeoutException && Stopwatch.GetElapsedTime(started) < Patience)
            {
                continue;
            }
        }
        while (Stopwatch.GetElapsedTime(started) < Patience && await breath.WaitForNextTickAsync());

        throw new TimeoutException($"It was not so within {Patience}.");
    }
}
