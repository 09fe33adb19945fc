using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a server's process holds after the load.</summary>
internal sealed record ResidentMemory(string Process, long Bytes)
{
    /// <summary>Of every server, which may be in more than one side, once.</summary>
    public static IReadOnlyList<ResidentMemory> Of(IEnumerable<Side> sides) =>
    [
        .. sides.SelectMany(side => side.Servers)
            .Distinct()
            .Select(server => new ResidentMemory(server.Name, ProcessStat.ResidentBytes(server))),
    ];
}
