using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.AppHost.Local;

/// <summary>The store of an AppHost that was killed, while its orchestrator is still ending what it left.</summary>
internal static class LeftoverStore
{
    private static readonly string[] ProgramNames = ["sh", "dash", "bash", "postgres", "redis-server", "valkey-server", "dotnet"];

    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Ends the stores whose working directory is the folder, which this process has locked: nobody else may be using it. The
    /// number in a pid file would not do, since it may long since belong to another process.
    /// </summary>
    public static async Task EndAsync(string folder, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var told = new HashSet<int>();
        while (Of(folder) is { Count: > 0 } leftovers)
        {
            if (TimeProvider.System.GetElapsedTime(started) > EndTimeout)
            {
                throw new RefusalException(string.Create(CultureInfo.InvariantCulture,
                    $"A program of an earlier start (process {leftovers[0]}) still uses {folder}. End it, or start beside it with "
                    + $"--Local:Instance=<name>."));
            }

            foreach (var id in leftovers.Where(told.Add))
            {
                // INT: Postgres waits on TERM until every client has gone.
                _ = await Programs.RunAsync(
                    new ProcessStartInfo("/bin/sh", ["-c", "kill -s INT \"$0\"", id.ToString(CultureInfo.InvariantCulture)]),
                    cancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static List<int> Of(string folder) => Directory.Exists("/proc")
        ? [.. from process in Directory.EnumerateDirectories("/proc")
              let id = int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                  ? number
                  : 0
              where id > 0 && id != Environment.ProcessId && IsStoreIn(process, folder)
              select id]
        : [];

    private static bool IsStoreIn(string process, string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget == folder
                && ProgramNames.Contains(File.ReadAllText(Path.Combine(process, "comm")).TrimEnd());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or another user's, whose stores have other folders.
            return false;
        }
    }
}
