using System.Globalization;

namespace Taskmaster.Trial;

/// <summary>What came of the requests of a <see cref="Load"/>.</summary>
internal sealed record LoadResult(int Sent, IReadOnlyList<Failure> Failures, IReadOnlyList<double> MillisecondsOfSuccess)
{
    private const int MostDetails = 12;

    public int Failed => Failures.Count;

    /// <summary>What no caller must ever get: any answer but 200, or 503 with <c>Retry-After</c> within three seconds.</summary>
    public IReadOnlyList<Failure> Undocumented =>
        [.. Failures.Where(failure => failure is { IsOutageAsDocumented: false, IsClosedConnection: false })];

    /// <summary>From when the first request was sent that failed, until the last of those was answered.</summary>
    public TimeSpan FailedFor => Failed == 0
        ? TimeSpan.Zero
        : Failures.Max(failure => failure.Sent + failure.Took) - Failures.Min(failure => failure.Sent);

    /// <summary>How long the slowest of the failures took.</summary>
    public TimeSpan SlowestFailure => Failed == 0 ? TimeSpan.Zero : Failures.Max(failure => failure.Took);

    /// <summary>Each kind of failure with how often, when and how long, for who looks for the cause.</summary>
    public static string Details(IEnumerable<Failure> failures) => string.Join('\n', failures
        .GroupBy(failure => (failure.What, failure.Detail))
        .OrderByDescending(kind => kind.Count())
        .Take(MostDetails)
        .Select(kind => string.Create(CultureInfo.InvariantCulture,
            $"        {kind.Count()} × {kind.Key.What} from {kind.Min(failure => failure.Sent).TotalSeconds:0.0} s to "
            + $"{kind.Max(failure => failure.Sent).TotalSeconds:0.0} s, within {kind.Max(failure => failure.Took).TotalSeconds:0.0} s: "
            + $"{kind.Key.Detail.ReplaceLineEndings(" ")}")));

    public override string ToString()
    {
        var kinds = Failures.CountBy(failure => failure.What).Select(kind => $"{kind.Value} × {kind.Key}").ToList();
        var slow = Sent == Failed ? 0 : MillisecondsOfSuccess[MillisecondsOfSuccess.Count * 99 / 100];
        var by = kinds.Count == 0 ? "" : $" ({string.Join(", ", kinds)})";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Sent:N0} requests, {Failed} failed{by}, 99 of 100 within {slow:N0} ms");
    }
}
