using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>A process of a measured side that was started; it can be waited for, with a deadline that shows its log.</summary>
internal sealed class ServerProcess(string name, Process process, string log)
{
    private const int LinesOfLog = 25;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    public string Name => name;

    public int Id => process.Id;

    public async Task UntilAsync(Func<Task<bool>> answers)
    {
        var watch = Stopwatch.StartNew();
        while (!await answers())
        {
            if (process.HasExited || watch.Elapsed > Deadline)
            {
                var tail = string.Join('\n', File.ReadLines(log).TakeLast(LinesOfLog));
                throw new InvalidOperationException($"{name} did not start:\n{tail}");
            }

            await Task.Delay(BetweenTries);
        }
    }

    /// <summary>For a server that has nothing to ask whether it is well.</summary>
    public Task UntilListeningAsync(int port) => UntilAsync(async () =>
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    public async Task UntilHealthyAsync(int port, string path = "/health")
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
        await UntilAsync(async () =>
        {
            try
            {
                using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
                return response.IsSuccessStatusCode;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        });
    }
}
