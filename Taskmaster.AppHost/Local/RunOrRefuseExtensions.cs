using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost.Local;

internal static class RunOrRefuseExtensions
{
    /// <summary>
    /// Runs the application until it is told to stop; 0 then. Where it cannot start, the reason goes to standard error in one
    /// sentence instead of a stack trace; 1 then.
    /// </summary>
    public static async Task<int> RunOrRefuseAsync(this DistributedApplication application)
    {
        // Registered as an instance, it is not the container's to dispose of. After the stores have ended, in any case.
        using var instance = application.Services.GetService<LocalInstance>();
        using var hangup = application.StopOnHangup();
        try
        {
            await application.RunAsync();
            return Environment.ExitCode;
        }
        catch (OperationCanceledException) when (Environment.ExitCode != 0)
        {
            // A program ended while the others were still starting, and EarlyEnds has said so.
            return Environment.ExitCode;
        }
        catch (RefusalException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    /// <summary>
    /// A closed terminal stops the application as Ctrl+C does; the generic host itself knows only SIGINT, SIGQUIT and SIGTERM.
    /// </summary>
    private static PosixSignalRegistration StopOnHangup(this DistributedApplication application)
    {
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        return PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            lifetime.StopApplication();
        });
    }
}
