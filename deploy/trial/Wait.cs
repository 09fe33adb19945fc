using System.Diagnostics;

namespace Taskmaster.Trial;

internal static class Wait
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Asks ten times a second until it is so, and fails after <see cref="Longest"/>.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(string what, Func<Task<bool>> isSo, Func<string>? why = null)
    {
        var began = Stopwatch.GetTimestamp();
        using var breath = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Longest)
            {
                throw new TrialException($"Waited {Longest.TotalSeconds} seconds in vain until {what}.\n{why?.Invoke()}");
            }

            _ = await breath.WaitForNextTickAsync();
        }

        return Stopwatch.GetElapsedTime(began);
    }
}
