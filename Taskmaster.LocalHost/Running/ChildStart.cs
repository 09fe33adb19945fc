namespace Taskmaster.LocalHost.Running;

/// <summary>How a child process is started and ended.</summary>
internal sealed record ChildStart
{
    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>The file its output is appended to.</summary>
    public required string Log { get; init; }

    /// <summary>All of its environment; unset, this process's.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The user it runs as; unset, this process's.</summary>
    public string? UserName { get; init; }

    public string StopSignal { get; init; } = "TERM";

    /// <summary>What to do when it ends before it was ready.</summary>
    public required string AdviceOnExit { get; init; }

    /// <summary>Tells from the end of the log that another try a moment later may succeed.</summary>
    public Func<string, bool> IsTransient { get; init; } = _ => false;
}
