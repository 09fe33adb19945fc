using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks;

/// <summary>
/// One run of --tasks: the API and the same by hand on the same stores, each for accounts of several sizes. Every
/// account is a side of each, so that the rounds alternate between them.
/// </summary>
internal static class TaskComparison
{
    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var load = new LoadProcess(run);

        var ours = await TaskmasterSide.StartAsync(run, TaskmasterSide.OnRedis, await RedisServer.StartAsync(run, TaskmasterSide.OnRedis));
        var byHand = await ByHandSide.StartAsync(run, ours);
        List<FlowRunner> runners = [];
        foreach (var size in TaskSizes.All)
        {
            var account = await TaskAccount.CreateAsync(ours, size);
            await ByHandSide.AdmitAsync(byHand, account);
            runners.Add(new FlowRunner(byHand with { Name = TaskSizes.SideOf(ByHandSide.Name, size), Tasks = account }, load));
            runners.Add(new FlowRunner(
                ours with { Name = TaskSizes.SideOf(TaskmasterSide.OnRedis, size), Flows = SideFlows.Tasks, Tasks = account, Servers = [ours.Servers[1]] }, load));
        }

        foreach (var runner in runners)
        {
            await runner.BeginAsync();
        }

        var meter = new Meter(runners, options);
        await meter.WarmUpAsync();
        await meter.MeasureAsync();

        await Console.Out.WriteLineAsync(await TasksReport.WriteAsync(meter.Results(), options));
        return 0;
    }
}
