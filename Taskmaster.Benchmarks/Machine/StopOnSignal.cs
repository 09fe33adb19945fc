using System.Runtime.InteropServices;

namespace Taskmaster.Benchmarks.Machine;

/// <summary>Leaves at once on a signal; the reaper sees the pipe close and ends the children.</summary>
internal sealed class StopOnSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
        [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, _ => Environment.Exit(130)))];

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
