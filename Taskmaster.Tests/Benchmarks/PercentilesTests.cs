using System.Diagnostics;
using Taskmaster.Benchmarks.Load;

namespace Taskmaster.Tests.Benchmarks;

public sealed class PercentilesTests
{
    [Fact]
    public void Of_a_thousand_times_one_took_longer_than_the_last_percentile()
    {
        var times = Enumerable.Range(1, 1000).Select(ms => ms * Stopwatch.Frequency / 1000).Reverse().ToArray();

        Assert.Equal(new Percentiles(500, 990, 999), Percentiles.Of(times));
    }
}
