using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Gives each request of a batch the span of its statement. Npgsql makes one span of a batch, below the request in whose
/// context it is sent, the first one's; each other request gets the same span below itself, linked to that one. Made when
/// the batch is done, and only where somebody listens.
/// </summary>
internal sealed class StatementSpans : IDisposable
{
    /// <summary>The source to add to OpenTelemetry, beside Npgsql's.</summary>
    public const string SourceName = "Taskmaster.Postgres";

    private static readonly ActivitySource Activities = new(SourceName);
    private static readonly ConditionalWeakTable<NpgsqlBatch, StatementSpans> UnderWay = [];

    private readonly List<ActivityContext> _others;
    private Activity? _npgsqls;

    private StatementSpans(List<ActivityContext> others) => _others = others;

    /// <summary>The span of who asks, for <see cref="Of"/>; none when nobody listens.</summary>
    public static ActivityContext Asking => Activities.HasListeners() && Activity.Current is { } span ? span.Context : default;

    /// <summary>To be disposed of after the batch's reader; null when there is nothing to do.</summary>
    /// <param name="batch">From a data source that calls <see cref="Began"/>.</param>
    /// <param name="askers">Of all requests in the batch; the first is the one in whose context it is sent.</param>
    public static StatementSpans? Of(NpgsqlBatch batch, IEnumerable<ActivityContext> askers)
    {
        if (!Activities.HasListeners() || askers.Skip(1).Where(asker => asker != default).ToList() is not { Count: > 0 } others)
        {
            return null;
        }

        var spans = new StatementSpans(others);
        UnderWay.Add(batch, spans);
        return spans;
    }

    /// <summary>Called by Npgsql with its own span of the batch.</summary>
    public static void Began(Activity span, NpgsqlBatch batch)
    {
        if (UnderWay.TryGetValue(batch, out var spans))
        {
            spans._npgsqls = span;
        }
    }

    public void Dispose()
    {
        if (_npgsqls is not { } batch)
        {
            return;
        }

        ActivityLink[] links = [new(batch.Context)];
        foreach (var asker in _others)
        {
            using var span = Activities.StartActivity(batch.DisplayName, batch.Kind, asker, batch.TagObjects, links, batch.StartTimeUtc);
            span?.SetStatus(batch.Status, batch.StatusDescription).SetEndTime(batch.StartTimeUtc + batch.Duration);
        }
    }
}
