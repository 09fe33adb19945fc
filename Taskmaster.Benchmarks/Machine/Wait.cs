using System.Diagnostics;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>Waits for a started process to answer, with a deadline that shows its log.</summary>
internal static class Wait
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(ServerProcess process, Func<Task<bool>> answers)
    {
        var watch = Stopwatch.StartNew();
        while (!await answers())
        {
            if (process.HasExited || watch.Elapsed > _deadline)
            {
                throw new InvalidOperationException($"{process.Name} did not start:\n{process.LogTail()}");
            }

            await Task.Delay(50);
        }
    }

    public static Task UntilHealthyAsync(ServerProcess process, int port, string path = "/health")
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
        return UntilAsync(process, async () =>
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
