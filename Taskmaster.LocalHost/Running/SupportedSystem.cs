using Aspire.Hosting;

namespace Taskmaster.LocalHost.Running;

internal static class SupportedSystem
{
    public static void Require()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new DistributedApplicationException(
                "The local host runs on Linux (and, untried, on macOS); on Windows use WSL, or Aspire's own packages with -p:AspireHosting=packages.");
        }
    }
}
