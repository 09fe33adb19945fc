using System.Globalization;
using Taskmaster.Benchmarks.Flows;
using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Measuring;
using Taskmaster.Benchmarks.Report;
using Taskmaster.Benchmarks.Sides;
using Taskmaster.Benchmarks.Stores;

namespace Taskmaster.Benchmarks.Connections;

/// <summary>
/// How many tasks are created a second by 16, 64, 256 and 1,000 connections, each of which sends its next request when the
/// last was answered. The rungs take turns, so that what else the machine does meets all of them.
/// </summary>
internal static class LadderRun
{
    private const int Rounds = 5;
    private const double Seconds = 4;
    private const double LeastTimes = 0.8;
    private const int TasksBefore = 100;

    private static readonly int[] _connections = [16, 64, 256, 1000];

    public static async Task<int> RunAsync()
    {
        using var run = new Run();
        using var stop = new StopOnSignal();
        var side = await TaskmasterSide.StartAsync(run, "ladder", await RedisServer.StartAsync(run, "ladder"));
        var account = await TaskAccount.CreateAsync(side, TasksBefore);
        var steps = FlowSteps.Of(Flow.CreateTask, side with { Tasks = account }, account.Token);
        var load = new LoadProcess(run);
        LoadJob Rung(int connections) => new(side.ApiPort, connections, Seconds, int.MaxValue, steps, null, []);

        // What is hot is compiled by then, and every connection to Postgres is open.
        foreach (var connections in _connections)
        {
            _ = await load.TryAsync(Rung(connections));
        }

        var results = _connections.ToDictionary(connections => connections, _ => new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            await account.ForgetCreatedAsync();
            foreach (var connections in _connections)
            {
                results[connections].Add(await load.TryAsync(Rung(connections)));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"POST /api/tasks, medians of {Rounds} alternated rounds of {Seconds} s, one replica of each service"));
        foreach (var (connections, rounds) in results)
        {
            var failures = rounds.Sum(round => round.Failures);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{connections,6:N0} connections  {Median.Of(rounds, round => round.PerSecond),7:N0} /s  {Figures.Times(Against(rounds))}  {failures} errors of {rounds.Sum(round => round.Flows) + failures:N0}"));
        }

        var firstFailure = results.Values.SelectMany(rounds => rounds).Select(round => round.FirstFailure).FirstOrDefault(failure => failure is not null);
        if (firstFailure is not null)
        {
            Console.WriteLine("the first error: " + firstFailure.ReplaceLineEndings(" "));
        }

        var held = Against(results[_connections[^1]]).Value;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"to reach with {_connections[^1]:N0}: ≥ {LeastTimes} × of {_connections[0]}, no error"));
        return held >= LeastTimes && firstFailure is null ? 0 : 1;

        Ratio Against(List<LoadResult> rounds) =>
            Ratio.Of([.. rounds.Zip(results[_connections[0]], (round, first) => round.PerSecond / first.PerSecond)]);
    }
}
