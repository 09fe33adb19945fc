using System.Globalization;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>CPU seconds used until now: by a side's servers, its stores, and the whole machine.</summary>
internal readonly record struct ProcessorUse(double Server, double Redis, double Postgres, double Machine)
{
    public double Side => Server + Redis + Postgres;

    public static ProcessorUse Of(Side side) => new(
        side.Servers.Sum(ProcessStat.ProcessorSeconds),
        side.Redis is null ? 0 : ProcessStat.ProcessorSeconds(side.Redis.Process),
        side.Postgres is null ? 0 : ProcessStat.ProcessorSeconds(side.Postgres.Process),
        MachineSeconds());

    public static ProcessorUse operator -(ProcessorUse left, ProcessorUse right) =>
        new(left.Server - right.Server, left.Redis - right.Redis, left.Postgres - right.Postgres, left.Machine - right.Machine);

    /// <summary>CPU seconds all cores together were not idle.</summary>
    private static double MachineSeconds()
    {
        // user nice system idle iowait irq softirq steal, in USER_HZ.
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9];
        var ticks = fields.Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToList();
        return (ticks.Sum() - ticks[3] - ticks[4]) / ProcessStat.TicksPerSecond;
    }
}
