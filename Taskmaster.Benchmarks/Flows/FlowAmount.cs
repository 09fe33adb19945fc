using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>How much of a flow to run: until the time is over or the count is reached.</summary>
internal sealed record FlowAmount(double Seconds, int Flows, int ConnectionCount)
{
    /// <summary>Seconds in which all that is ever prepared gets done.</summary>
    public const double Unlimited = 60;

    private const int ConnectionsBySchedule = 128;

    /// <summary>More codes or tokens than this are never prepared for one measurement.</summary>
    private const int MostPrepared = 4000;

    /// <summary>One after the other, so that each costs what it costs alone.</summary>
    public static FlowAmount OneByOne(int flows) => new(Unlimited, flows, 1);

    /// <summary>As many as begin in that time.</summary>
    public static FlowAmount At(double rate, double seconds) => new(Unlimited, (int)(rate * seconds), ConnectionsBySchedule);

    /// <summary>So many, however long they take.</summary>
    public static FlowAmount Of(Flow flow, int flows) => new(Unlimited, flows, flow.Connections());

    /// <summary>From the flows/s last seen: enough is prepared for the time, and no more.</summary>
    public static FlowAmount For(Side side, Flow flow, double seconds, double rate) => new(
        seconds,
        flow.TakesValues() ? (int)Math.Clamp(rate * seconds * 1.3, 64, MostPrepared) : int.MaxValue,
        side.Connections ?? flow.Connections());
}
