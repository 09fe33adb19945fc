using System.Collections.Concurrent;
using System.Diagnostics;

namespace Taskmaster.Trial;

/// <summary>Requests at a constant rate, whether earlier ones were answered or not, and what came of them.</summary>
internal sealed class Load : IDisposable
{
    private readonly ConcurrentBag<Failure> _failures = [];
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Task _running;
    private int _sent;

    private Load(int perSecond, IReadOnlyList<Func<Task<Answer>>> requests) => _running = RunAsync(perSecond, requests);

    public static Load Start(int perSecond, params IReadOnlyList<Func<Task<Answer>>> requests) => new(perSecond, requests);

    /// <summary>What programs ask for: a token, whether it is good, and the tasks. Through Web, each by a different service.</summary>
    public static async Task<Load> StartAsync(int perSecond, ReplicaStack stack, HttpClient http)
    {
        var (browser, client) = await new Flows(http, stack.Origin, stack.Edge).RegisterAsync();
        using var user = browser;
        var token = (await client.ClientCredentialsAsync()).Is(200)["access_token"];
        return Start(
            perSecond,
            client.ClientCredentialsAsync, () => client.TasksAsync(token),
            client.ClientCredentialsAsync, () => client.IntrospectAsync(token));
    }

    public async Task<LoadResult> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return new(_sent, [.. _failures], [.. _milliseconds.Order()]);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(int perSecond, IReadOnlyList<Func<Task<Answer>>> requests)
    {
        var pending = new List<Task>();
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!_stop.IsCancellationRequested)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(_began).TotalSeconds * perSecond); _sent < due; _sent++)
            {
                pending.Add(SendAsync(requests[_sent % requests.Count]));
            }

            _ = pending.RemoveAll(request => request.IsCompleted);
            _ = await clock.WaitForNextTickAsync();
        }

        await Task.WhenAll(pending);
    }

    private async Task SendAsync(Func<Task<Answer>> request)
    {
        var sent = Stopwatch.GetElapsedTime(_began);
        var (what, detail, comeAgain) = ("", "", false);
        try
        {
            var answer = await request();
            if (answer.Status == 200)
            {
                _milliseconds.Add((Stopwatch.GetElapsedTime(_began) - sent).TotalMilliseconds);
                return;
            }

            (what, detail, comeAgain) = ($"{answer.Status}", $"{answer.Request}: {answer.Body}", answer.SaysWhenToComeAgain);
        }
        catch (HttpRequestException exception)
        {
            (what, detail) = ($"{exception.HttpRequestError}", exception.GetBaseException().Message);
        }
        catch (TaskCanceledException exception)
        {
            (what, detail) = ("no answer", exception.Message);
        }

        _failures.Add(new(what, detail, comeAgain, sent, Stopwatch.GetElapsedTime(_began) - sent));
    }
}

/// <summary>A request that was not answered 200.</summary>
/// <param name="What">Its status, or why there is none.</param>
/// <param name="Detail">The request and what the answer said.</param>
/// <param name="SaysWhenToComeAgain">Whether it had <c>Retry-After</c>.</param>
/// <param name="Sent">When, from the beginning of the load on.</param>
/// <param name="Took">How long the answer took.</param>
internal sealed record Failure(string What, string Detail, bool SaysWhenToComeAgain, TimeSpan Sent, TimeSpan Took)
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(3);

    /// <summary>
    /// HAProxy 2.6 so ends a POST, on a connection that is not new, whose replica died: whether it was done nobody knows, and to send it
    /// again is for the client to decide.
    /// </summary>
    public bool IsClosedConnection => What == $"{HttpRequestError.ResponseEnded}";

    /// <summary>A 503 with <c>Retry-After</c> in time is how an outage is told. Nothing else is.</summary>
    public bool IsOutageAsDocumented => What == "503" && SaysWhenToComeAgain && Took <= InTime;
}
