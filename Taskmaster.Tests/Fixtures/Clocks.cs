using Microsoft.Extensions.Time.Testing;

namespace Taskmaster.Tests.Fixtures;

internal static class Clocks
{
    /// <summary>
    /// Days pass, as on a machine that slept: timers go off as long after it as they would have. To advance a clock by days has every
    /// timer of a host go off for each of its periods, which takes half a minute.
    /// </summary>
    public static void Jump(this FakeTimeProvider clock, TimeSpan time) => clock.AdjustTime(clock.GetUtcNow() + time);
}
