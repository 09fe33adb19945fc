using System.Diagnostics;
using StackExchange.Redis;

namespace Taskmaster.TokenStore.Conformance.Store;

internal static class Eventually
{
    /// <summary>Long enough for a machine that is busy with other tests.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Repeats <paramref name="condition"/>, with a short wait between, until it is true or the timeout is over.</summary>
    public static async Task IsAsync(Func<Task<bool>> condition)
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
