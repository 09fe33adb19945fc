using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>What a failover loses of writes that a primary goes on taking while it is cut off, with and without min-replicas.</summary>
internal sealed class ReplicationTrial(HostNetwork network, ReplicaStack stack)
{
    /// <summary>Longer than the trials of failover have it: a primary that is cut off stops writing by itself after that time.</summary>
    private const int NodeTimeoutMilliseconds = 10_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public async Task RunAsync()
    {
        await SetAsync($"cluster-node-timeout {NodeTimeoutMilliseconds}");
        var (acknowledged, lost, until) = await CutOffAsync();
        Trial.Say(Said("without min-replicas-to-write", acknowledged, lost, until));

        await SetAsync("min-replicas-to-write 1 min-replicas-max-lag 1");
        (acknowledged, lost, until) = await CutOffAsync();
        Trial.Say(Said("with min-replicas-to-write 1 and min-replicas-max-lag 1", acknowledged, lost, until));

        static string Said(string how, int acknowledged, int lost, TimeSpan until) => string.Create(CultureInfo.InvariantCulture,
            $"a primary cut off, cluster-node-timeout {NodeTimeoutMilliseconds / 1000} s, {how}: it took writes for "
            + $"{until.TotalSeconds:0.0} s more; of {acknowledged} that it acknowledged, before and after, the failover lost {lost}");
    }

    private async Task SetAsync(string setting)
    {
        foreach (var node in stack.Redis.Nodes)
        {
            if ((await stack.Redis.AskAsync(node, $"CONFIG SET {setting}")).Contains("-ERR", StringComparison.Ordinal))
            {
                throw new TrialException($"{node.Address} does not take {setting}.");
            }
        }
    }

    /// <summary>
    /// Somebody on the host of a primary, for whom nothing is cut, writes to it until it takes no more, and looks after the failover what
    /// is there.
    /// </summary>
    private async Task<(int Acknowledged, int Lost, TimeSpan Until)> CutOffAsync()
    {
        var host = network.Hosts[0];
        var primary = (await stack.Redis.PrimariesAsync()).Single(node => node.Host == host);
        var keys = new List<string>();
        var tag = await TagOfAsync(primary);

        // Whether it refused. What is not answered in time is neither acknowledged nor refused.
        async Task<bool> WriteAsync()
        {
            var key = $"trial:{{{tag}}}:{keys.Count}";
            var answer = await stack.Redis.AskAsync(primary, $"SET {key} 1", from: host);
            if (answer.Split("+OK\r\n").Length > 3)
            {
                keys.Add(key);
            }

            return answer.Contains("\n-", StringComparison.Ordinal);
        }

        for (var i = 0; i < 20; i++)
        {
            _ = await WriteAsync();
        }

        await network.CutAsync(host);
        var cut = Stopwatch.GetTimestamp();
        while (!await WriteAsync())
        {
            if (Stopwatch.GetElapsedTime(cut) > Longest)
            {
                throw new TrialException($"{primary.Address} goes on taking writes.");
            }
        }

        var until = Stopwatch.GetElapsedTime(cut);
        await Wait.UntilAsync("another primary is chosen", async () => (await stack.Redis.PrimariesAsync()).Count == stack.Redis.Shards);
        await network.ReconnectAsync(host);
        await stack.Redis.UntilWholeAsync();
        var successor = await stack.Redis.PrimaryOfAsync(primary);
        var lost = 0;
        foreach (var key in keys)
        {
            lost += (await stack.Redis.AskAsync(successor, $"EXISTS {key}\r\nDEL {key}")).Contains(":1", StringComparison.Ordinal) ? 0 : 1;
        }

        await stack.Redis.SpreadAsync();
        return (keys.Count, lost, until);
    }

    /// <summary>A hash tag whose slot that node has.</summary>
    private async Task<int> TagOfAsync(RedisNode node)
    {
        for (var tag = 0; ; tag++)
        {
            if (!(await stack.Redis.AskAsync(node, $"EXISTS {{{tag}}}")).Contains("MOVED", StringComparison.Ordinal))
            {
                return tag;
            }
        }
    }
}
