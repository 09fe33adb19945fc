using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>
/// Client credentials through 1, 2 and 4 replicas of AuthServer, each held to the same small part of a core, so that a machine of
/// two cores shows what more machines would.
/// </summary>
internal static class ThroughputTrial
{
    private const int Most = 4;
    private const int Workers = 32;
    private const double CoresOfEach = 0.1;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string repository)
    {
        await using var stack = new ReplicaStack(repository, StackLayout.OneMachine(service => service == "authserver" ? Most : 1));
        await stack.StartAsync();
        using var http = new HttpClient();
        await Trial.UntilReadyAsync(http, stack.Origin);
        var (browser, registered) = await new Flows(http, stack.Origin).RegisterAsync();
        browser.Dispose();

        // Past Web, which would be what is measured.
        var client = new OAuthClient(http, stack.Balancer.AddressOf("authserver"), registered.Id, registered.Secret);
        var replicas = stack.Services.Where(replica => replica.Service == "authserver").ToList();
        _ = await MeasureAsync(client, WarmUp);
        var quotas = replicas.ConvertAll(replica => new CpuQuota(replica.Program!.Id, CoresOfEach));
        try
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"replicas of {CoresOfEach:0.0} cores   requests a second   of one replica"));
            var one = 0.0;
            foreach (var count in (int[])[1, 2, 4])
            {
                foreach (var (index, replica) in replicas.Index())
                {
                    await (index < count ? stack.Balancer.BringBackAsync(replica) : stack.Balancer.DrainAsync(replica));
                }

                _ = await MeasureAsync(client, TimeSpan.FromSeconds(2));
                var rate = await MeasureAsync(client, Round);
                one = count == 1 ? rate : one;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,-24} {rate,17:N0}   {rate / one,10:N2} ×"));
            }
        }
        finally
        {
            foreach (var replica in replicas)
            {
                await replica.Program!.KillAsync();
            }

            quotas.ForEach(quota => quota.Dispose());
        }
    }

    /// <returns>Tokens a second, asked for by so many at once. Any other answer fails the trial.</returns>
    private static async Task<double> MeasureAsync(OAuthClient client, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                _ = (await client.ClientCredentialsAsync()).Is(200);
                count++;
            }

            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
