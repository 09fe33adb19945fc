using System.Runtime.CompilerServices;
using Taskmaster.LocalHost.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What resources wrote to their consoles.</summary>
public sealed class ResourceLoggerService
{
    private readonly LocalRun _run;

    internal ResourceLoggerService(LocalRun run) => _run = run;

    /// <summary>All that the resource has written so far.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var log = _run.LogOf(resourceName);
        if (File.Exists(log))
        {
            var lines = await File.ReadAllLinesAsync(log, cancellationToken);
            yield return [.. lines.Select((line, index) => new LogLine(index + 1, line, IsErrorMessage: false))];
        }
    }
}

public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
