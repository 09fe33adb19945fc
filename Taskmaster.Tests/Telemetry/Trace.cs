using System.Diagnostics;

namespace Taskmaster.Tests.Telemetry;

/// <summary>What one request did.</summary>
internal sealed class Trace(IReadOnlyList<Activity> spans)
{
    public Activity Server { get; } = spans.Single(span => span.Kind is ActivityKind.Server);

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<Activity> Clients { get; } = [.. spans.Where(span => span.Kind is ActivityKind.Client).OrderBy(span => span.StartTimeUtc)];

    public IReadOnlyList<Activity> Redis => [.. Clients.Where(span => span.Text("db.system.name") == "redis")];

    public IReadOnlyList<Activity> Postgres => [.. Clients.Where(span => span.Text("db.system.name") == "postgresql")];

    public bool HoldsBelowServer(Activity span) => spans.Any(other => other.SpanId == span.ParentSpanId) && span.TraceId == Server.TraceId;

    public override string ToString() => string.Join(
        '\n',
        spans.Select(span => $"{span.Source.Name} {span.Kind} {span.DisplayName} {span.SpanId} below {span.ParentSpanId}: {string.Join(", ", span.TagObjects)}"));
}
