namespace Taskmaster.TasksApi.Data;

internal static class Clock
{
    /// <summary>
    /// The time in whole milliseconds, UTC: what a JavaScript Date can hold, so that a client which sends a time back
    /// means the same instant. It also makes the answer to a POST equal to every later GET (Postgres keeps microseconds).
    /// </summary>
    public static DateTime Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
