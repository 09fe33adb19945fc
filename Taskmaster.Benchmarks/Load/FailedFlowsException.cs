namespace Taskmaster.Benchmarks.Load;

/// <summary>Requests were not answered as they should be, so that nothing was measured.</summary>
internal sealed class FailedFlowsException(string message) : Exception(message);
