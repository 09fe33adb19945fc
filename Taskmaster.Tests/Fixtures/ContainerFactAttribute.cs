using System.ComponentModel;
using System.Diagnostics;

namespace Taskmaster.Tests.Fixtures;

/// <summary>
/// A fact that needs a running container engine, and is skipped with the reason where there is none. CI sets one up
/// (<c>eng/containers/setup.sh</c>); where that cannot be done it says so and leaves these facts out by their trait.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContainerFactAttribute : FactAttribute
{
    private static readonly string[] Engines = ["podman", "docker"];

    public ContainerFactAttribute()
    {
        if (Engine is null)
        {
            Skip = $"No container engine: none of {string.Join(", ", Engines)} runs here.";
        }
    }

    /// <summary>The command of the engine that runs here.</summary>
    public static string? Engine { get; } = Array.Find(Engines, Runs);

    /// <summary>Installed is not running: the client program answers <c>info</c> only where its engine does.</summary>
    private static bool Runs(string engine)
    {
        try
        {
            using var info = Process.Start(
                new ProcessStartInfo(engine, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            info.OutputDataReceived += (_, _) => { };
            info.ErrorDataReceived += (_, _) => { };
            info.BeginOutputReadLine();
            info.BeginErrorReadLine();
            return info.WaitForExit(TimeSpan.FromSeconds(20)) && info.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
