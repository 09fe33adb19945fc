using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Taskmaster.Tests.Web;

/// <summary>What a console would show: each entry with its category, and an exception with its stack.</summary>
internal sealed class LoggedLines : ILoggerProvider
{
    public ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, All);

    public void Dispose()
    {
        // Nothing is held that would have to be let go.
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            foreach (var line in $"{logLevel} {category}: {formatter(state, exception)}\n{exception}".Split(
                '\n', StringSplitOptions.RemoveEmptyEntries))
            {
                lines.Enqueue(line);
            }
        }
    }
}
