namespace Taskmaster.Benchmarks.Flows;

/// <summary>How much of a flow to run: until the time is over or the count is reached.</summary>
internal sealed record FlowAmount(double Seconds, int Flows, int ConnectionCount)
{
    /// <summary>More codes or tokens than this are never prepared for one measurement.</summary>
    public const int MostPrepared = 4000;

    // Few enough for updates that no two meet at one task, even of ten: waiting for each other is not what is measured.
    public static int Connections(Flow flow) => flow switch
    {
        Flow.Authorize or Flow.CodeFlow or Flow.Redemption => 8,
        Flow.UpdateTask => 4,
        _ => 16,
    };

    /// <summary>One after the other, so that each costs what it costs alone.</summary>
    public static FlowAmount OneByOne(int flows) => new(60, flows, 1);

    /// <summary>From the flows/s last seen: enough is prepared for the time, and no more.</summary>
    public static FlowAmount For(Flow flow, double seconds, double rate) =>
        new(seconds, UsesUp(flow) ? (int)Math.Clamp(rate * seconds * 1.3, 64, MostPrepared) : int.MaxValue, Connections(flow));

    private static bool UsesUp(Flow flow) => flow is Flow.Redemption or Flow.Refresh or Flow.Revocation or Flow.GetTask or Flow.UpdateTask;
}
