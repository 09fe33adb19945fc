using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Measuring;

/// <summary>What a side holds after the load, and what its flows ask of its stores.</summary>
internal sealed record StoreFindings(Side Side, long ResidentBytes, double? BytesPerToken, IReadOnlyList<FlowCost> Costs);
