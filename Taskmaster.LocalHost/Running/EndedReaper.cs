using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.LocalHost.Running;

internal static class EndedReaper
{
    /// <summary>
    /// Waits for the reaper of a host that was killed. Until it is done, that host's stores still write to their folders
    /// and its services still hold their ports.
    /// </summary>
    public static async Task WaitAsync(string reaperFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(reaperFile)
            || !int.TryParse(await File.ReadAllTextAsync(reaperFile, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !IsReaper(id))
        {
            return;
        }

        // While its host lives, the reaper does, and the lock is what says so.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            while (IsReaper(id) && HostIsGone(reaperFile))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is left of the earlier instance shows as a taken port or folder, which has a message of its own.
        }
    }

    /// <summary>The number may long since belong to another process.</summary>
    private static bool IsReaper(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && process.ProcessName is "sh" or "dash" or "bash";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool HostIsGone(string reaperFile)
    {
        try
        {
            using var @lock = new FileStream(
                Path.Combine(Path.GetDirectoryName(reaperFile)!, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
