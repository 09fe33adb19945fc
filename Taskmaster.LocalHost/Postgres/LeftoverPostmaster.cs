using System.Diagnostics;
using System.Globalization;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Postgres;

/// <summary>The Postgres of a host that was killed together with its reaper.</summary>
internal static class LeftoverPostmaster
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Ends it if it still runs, and forgets it if its number belongs to another process by now, which Postgres itself
    /// would take for a living postmaster. Safe, because the data folder is locked: nobody else may be using it.
    /// </summary>
    public static async Task EndAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (!File.Exists(file))
        {
            return;
        }

        var first = File.ReadLines(file).FirstOrDefault();
        if (int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsPostmasterOf(folder, id))
        {
            _ = await Programs.RunAsync(new ProcessStartInfo("/bin/sh", ["-c", "kill -s INT \"$0\"", first]), cancellationToken);
            var started = TimeProvider.System.GetTimestamp();
            while (IsPostmasterOf(folder, id) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }

        File.Delete(file);
    }

    private static bool IsPostmasterOf(string folder, int id)
    {
        var commandLine = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline");
        try
        {
            return File.Exists(commandLine) && File.ReadAllText(commandLine).Split('\0').Contains(folder);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
