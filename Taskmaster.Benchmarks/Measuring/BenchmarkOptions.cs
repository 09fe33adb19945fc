using System.Globalization;
using Taskmaster.Benchmarks.Flows;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What to measure, and how much.</summary>
internal sealed record BenchmarkOptions(Subject Subject)
{
    private static readonly Dictionary<string, BenchmarkOptions> Subjects = new(StringComparer.Ordinal)
    {
        ["--short"] = new(Subject.Short) { Rounds = 3 },
        ["--through-web"] = new(Subject.ThroughWeb) { Rounds = 5 },
        ["--settings"] = new(Subject.Settings) { Rounds = 5 },
        ["--open-loop"] = new(Subject.OpenLoop) { Rounds = 3 },
        ["--peers"] = new(Subject.Peers) { Rounds = 5 },
        ["--tasks"] = new(Subject.Tasks) { Rounds = 7, Seconds = 1.5 },
        ["--task-writes"] = new(Subject.TaskWrites) { Rounds = 7 },
        ["--counts"] = new(Subject.Counts),
        ["--ladder"] = new(Subject.Ladder) { Rounds = 5, Seconds = 4, WarmUpSeconds = 2.5 },
    };

    /// <summary>Enough for a median: on a shared machine one round's ratio of two sides may be twice another's.</summary>
    public int Rounds { get; private init; } = 9;

    public double Seconds { get; private init; } = 1;

    public double WarmUpSeconds { get; private init; } = 1.25;

    /// <summary>The flows to measure; null for all that the sides have.</summary>
    public IReadOnlySet<Flow>? Only { get; private init; }

    /// <summary>Whether round trips and SQL are counted, and not only CPU and rates are measured.</summary>
    public bool Counts => Subject is Subject.Everything or Subject.Short;

    /// <returns>Null for arguments that mean nothing.</returns>
    public static BenchmarkOptions? Of(IReadOnlyList<string> args)
    {
        var rest = new Queue<string>(args);
        var options = new BenchmarkOptions(Subject.Everything);
        if (rest.TryPeek(out var first) && Subjects.TryGetValue(first, out var subject))
        {
            options = subject;
            rest.Dequeue();
        }

        while (options is not null && rest.TryDequeue(out var name))
        {
            options = rest.TryDequeue(out var value) ? options.With(name, value) : null;
        }

        return options;
    }

    private BenchmarkOptions? With(string name, string value) => name switch
    {
        "--only" when FlowsOf(value) is { } flows => this with { Only = flows },
        "--rounds" when int.TryParse(value, CultureInfo.InvariantCulture, out var rounds) && rounds > 0 => this with { Rounds = rounds },
        _ => null,
    };

    private static HashSet<Flow>? FlowsOf(string names)
    {
        var flows = new HashSet<Flow>();
        foreach (var name in names.Split(','))
        {
            if (!Enum.TryParse<Flow>(name, ignoreCase: true, out var flow) || !Enum.IsDefined(flow))
            {
                return null;
            }

            flows.Add(flow);
        }

        return flows;
    }
}
