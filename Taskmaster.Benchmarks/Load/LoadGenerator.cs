using System.Text.Json;

namespace Taskmaster.Benchmarks.Load;

/// <summary>The load generator's process: a job a line on its input, a result a line on its output.</summary>
internal static class LoadGenerator
{
    /// <summary>The argument that makes this program the generator.</summary>
    public const string Name = "load";

    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var job = JsonSerializer.Deserialize<LoadJob>(line)!;
            var result = job.Rate is { } rate ? new OpenLoop(job, rate).Run() : Execute(job);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(result));
        }

        return 0;
    }

    private static LoadResult Execute(LoadJob job)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var queue = new FlowQueue(job);
        var workers = Enumerable.Range(0, job.Connections).Select(_ => new FlowWorker(job)).ToList();
        string? broken = null;

        var threads = workers.ConvertAll(worker => new Thread(() =>
        {
            try
            {
                worker.Run(queue);
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                broken = exception.Message;
            }
        }));
        queue.Begin();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var elapsed = queue.Elapsed;
        workers.ForEach(worker => worker.Dispose());

        return new LoadResult(
            workers.Sum(worker => worker.Flows),
            elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            workers.Sum(worker => worker.Failures) + (broken is null ? 0 : 1),
            broken ?? workers.Select(worker => worker.FirstFailure).FirstOrDefault(failure => failure is not null),
            job.Keep.ToDictionary(name => name, name => (IReadOnlyList<string>)[.. workers.SelectMany(worker => worker.Kept[name])]));
    }
}
