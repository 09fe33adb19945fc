using System.Runtime.InteropServices;

namespace Taskmaster.Trial;

/// <summary>An interrupt fails a trial, which then ends everything that it has started.</summary>
internal static class Interruption
{
    public static async Task RunAsync(Func<Task> trial)
    {
        var interrupted = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupted);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupted);
        await await Task.WhenAny(trial(), interrupted.Task);

        void Interrupted(PosixSignalContext context)
        {
            context.Cancel = true;
            RunningProgram.IsOver = true;
            _ = interrupted.TrySetException(new TrialException("It was interrupted."));
        }
    }
}
