using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.LocalHost.Running;

internal static class StopSignals
{
    /// <summary>A closed terminal stops the application as Ctrl+C does; the generic host itself knows only SIGINT, SIGQUIT and SIGTERM.</summary>
    public static IDisposable OnHangup(IHostApplicationLifetime lifetime) => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        lifetime.StopApplication();
    });
}
