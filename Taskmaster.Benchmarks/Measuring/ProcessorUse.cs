using Taskmaster.Benchmarks.Machine;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>CPU seconds used until now: by a side's servers, its stores, and the whole machine.</summary>
internal readonly record struct ProcessorUse(double Server, double Redis, double Postgres, double Machine)
{
    public double Side => Server + Redis + Postgres;

    public static ProcessorUse Of(Side side) => new(
        side.Servers.Sum(server => server.ProcessorSeconds()),
        side.Redis?.Process.ProcessorSeconds() ?? 0,
        side.Postgres?.Process.ProcessorSeconds() ?? 0,
        Hardware.BusySeconds());

    public static ProcessorUse operator -(ProcessorUse left, ProcessorUse right) =>
        new(left.Server - right.Server, left.Redis - right.Redis, left.Postgres - right.Postgres, left.Machine - right.Machine);
}
