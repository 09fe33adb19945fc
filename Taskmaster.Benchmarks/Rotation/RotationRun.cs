using System.Diagnostics;
using System.Globalization;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Rotation;

/// <summary>
/// Signing keys rotate by themselves, every fifteen seconds instead of every ninety days, on two replicas that issue
/// id_tokens all the while; a client that caches the JWKS validates each at once and again some seconds later.
/// </summary>
internal static class RotationRun
{
    private const int Lanes = 16;
    private const int RequestsASecond = 250;
    private const int RequestsASecondAtLeast = 200;
    private const int RotationsAtLeast = 2;

    private static readonly TimeSpan _length = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _later = TimeSpan.FromSeconds(5);

    // The shape of the defaults: announced for longer than a client keeps the JWKS, retired for longer than a token is shown again.
    private static readonly Dictionary<string, string> _times = new()
    {
        ["SigningKeys__CheckEvery"] = "00:00:01",
        ["SigningKeys__Announced"] = "00:00:06",
        ["SigningKeys__Active"] = "00:00:15",
        ["SigningKeys__Retired"] = "00:00:20",
    };

    public static async Task<int> RunAsync()
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var first = await TaskmasterSide.StartAsync(run, "rotating", await RedisServer.StartAsync(run, "rotating"), _times);
        Side[] replicas = [first, await TaskmasterSide.ReplicaAsync(run, first, "rotating too", _times)];

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        // The JWKS of one replica only: what the other signs must be in it.
        var client = new CachingClient(http, new Uri($"http://127.0.0.1:{replicas[1].Port}/oauth2/jwks"), $"http://127.0.0.1:{first.Port}", first.Client.ClientId);
        await client.FetchAsync();

        using var enough = new CancellationTokenSource(_length);
        var again = new List<Task>();
        var loads = Enumerable.Range(0, Lanes).Select(_ => new TokenLoad(http, replicas, TimeSpan.FromSeconds((double)Lanes / RequestsASecond))).ToList();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll([client.KeepAsync(enough.Token), .. loads.Select(load => load.RunAsync(HandOnAsync, enough.Token))]);
        var seconds = watch.Elapsed.TotalSeconds;
        await Task.WhenAll(again);

        return Report(client, loads.Sum(load => load.Requests), seconds);

        async Task HandOnAsync(string idToken)
        {
            await client.ValidateAsync(idToken);
            lock (again)
            {
                again.Add(AgainAsync(idToken));
            }
        }

        async Task AgainAsync(string idToken)
        {
            await Task.Delay(_later);
            await client.ValidateAsync(idToken);
        }
    }

    private static int Report(CachingClient client, int requests, double seconds)
    {
        var (rate, rotations) = (requests / seconds, client.ValidatedByKey.Count - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            token requests       {requests} in {seconds:0.0} s, {rate:0} a second, on two replicas
            rotations            {rotations}
            validations          {client.ValidatedByKey.Values.Sum()} succeeded, {string.Join(" + ", client.ValidatedByKey.Values)} by key
            failed validations   {client.Failures.Count}
            """));
        foreach (var failure in client.Failures.Distinct().Take(5))
        {
            Console.WriteLine(failure);
        }

        return client.Failures.Count == 0 && rotations >= RotationsAtLeast && rate >= RequestsASecondAtLeast ? 0 : 1;
    }
}
