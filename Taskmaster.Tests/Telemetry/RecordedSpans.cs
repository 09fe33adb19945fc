using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Telemetry;

/// <summary>
/// The spans and the log records that a service exports, as they are. Spans of all services in the process come, so that
/// the server's spans of this one are marked, as their requests begin.
/// </summary>
internal sealed class RecordedSpans : IStartupFilter
{
    private const string Mark = "test.recorded_by";

    private volatile string _mark = $"{Guid.CreateVersion7()}";
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<(string? Category, ActivityTraceId Trace, ActivitySpanId Span)> _lines = [];

    public IReadOnlyCollection<(string? Category, ActivityTraceId Trace, ActivitySpanId Span)> Lines => _lines;

    public void Observe(IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter>(this);
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SpanReader(this)));
        services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddProcessor(new LineReader(this)));
    }

    /// <summary>Requests that began before are of no interest any more; a server's span may end after its answer came.</summary>
    public void Forget() => _mark = $"{Guid.CreateVersion7()}";

    /// <summary>
    /// The traces of this many requests for a path, each from its server's span on, as soon as all have so many commands and statements.
    /// </summary>
    public async Task<List<Trace>> TracesAsync(string path, int requests, int asked)
    {
        List<Trace> traces = [];
        try
        {
            await TokenRedis.UntilAsync(() =>
            {
                traces = [.. _spans.GroupBy(span => span.TraceId)
                    .Where(trace => trace.Any(
                        span => span.Kind is ActivityKind.Server && span.Text("url.path") == path && span.Text(Mark) == _mark))
                    .Select(trace => new Trace([.. trace]))];
                return Task.FromResult(
                    traces.Count == requests && traces.TrueForAll(trace => trace.Redis.Count + trace.Postgres.Count >= asked));
            });
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{traces.Count} of {requests} traces:\n{string.Join("\n\n", traces)}", exception);
        }

        return traces;
    }

    public async Task<Trace> TraceAsync(string path, int asked) => (await TracesAsync(path, 1, asked)).Single();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            Activity.Current?.SetTag(Mark, _mark);
            return rest(context);
        });
        next(app);
    };

    private sealed class SpanReader(RecordedSpans read) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => read._spans.Enqueue(data);
    }

    private sealed class LineReader(RecordedSpans read) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data) => read._lines.Enqueue((data.CategoryName, data.TraceId, data.SpanId));
    }
}
