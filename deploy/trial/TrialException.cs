namespace Taskmaster.Trial;

/// <summary>Something was not as it must be. The message is all there is to say.</summary>
internal sealed class TrialException(string message) : Exception(message);
