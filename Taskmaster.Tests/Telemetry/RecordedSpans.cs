using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Telemetry;

/// <summary>The spans and the log records that a service exports, as they are.</summary>
internal sealed class RecordedSpans
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<(string? Category, ActivityTraceId Trace, ActivitySpanId Span)> _lines = [];

    public IReadOnlyCollection<(string? Category, ActivityTraceId Trace, ActivitySpanId Span)> Lines => _lines;

    public void Observe(IServiceCollection services)
    {
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SpanReader(this)));
        services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddProcessor(new LineReader(this)));
    }

    public void Clear() => _spans.Clear();

    /// <summary>The traces of this many requests for a path, each from its server's span on, as soon as all have so many spans of clients.</summary>
    public async Task<List<Trace>> TracesAsync(string path, int requests, int clientSpans)
    {
        List<Trace> traces = [];
        try
        {
            await TokenRedis.UntilAsync(() =>
            {
                traces = [.. _spans.GroupBy(span => span.TraceId)
                    .Where(trace => trace.Any(span => span.Kind is ActivityKind.Server && (string?)span.GetTagItem("url.path") == path))
                    .Select(trace => new Trace([.. trace]))];
                return Task.FromResult(traces.Count == requests && traces.TrueForAll(trace => trace.Clients.Count >= clientSpans));
            });
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{traces.Count} of {requests} traces:\n{string.Join("\n\n", traces)}", exception);
        }

        return traces;
    }

    public async Task<Trace> TraceAsync(string path, int clientSpans) => (await TracesAsync(path, 1, clientSpans)).Single();

    private sealed class SpanReader(RecordedSpans read) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => read._spans.Enqueue(data);
    }

    private sealed class LineReader(RecordedSpans read) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data) => read._lines.Enqueue((data.CategoryName, data.TraceId, data.SpanId));
    }
}
