using System.Diagnostics;

namespace Taskmaster.Tests.Telemetry;

/// <summary>What one request did.</summary>
internal sealed class Trace(IReadOnlyList<Activity> spans)
{
    public Activity Server { get; } = spans.Single(span => span.Kind is ActivityKind.Server);

    /// <summary>Commands, in the order in which they began.</summary>
    public IReadOnlyList<Activity> Redis { get; } = [.. Clients(spans, "redis")];

    /// <summary>Statements; not that a connection was opened first.</summary>
    public IReadOnlyList<Activity> Postgres { get; } = [.. Clients(spans, "postgresql").Where(
        span => span.Text("db.query.text") is not null)];

    public bool HoldsBelowServer(Activity span) => spans.Any(other => other.SpanId == span.ParentSpanId) && span.TraceId == Server.TraceId;

    private static IEnumerable<Activity> Clients(IEnumerable<Activity> spans, string system) => spans
        .Where(span => span.Kind is ActivityKind.Client && span.Text("db.system.name") == system)
        .OrderBy(span => span.StartTimeUtc);

    public override string ToString() => string.Join(
        '\n',
        spans.Select(span => $"{span.Source.Name} {span.Kind} {span.DisplayName} {span.SpanId} below {span.ParentSpanId}: "
            + $"{string.Join(", ", span.TagObjects)}"));
}
