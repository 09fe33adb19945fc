using System.Diagnostics;

namespace Taskmaster.Tests.Fixtures;

/// <summary>Runs what a reader pastes from a document.</summary>
public static class Shell
{
    /// <summary>Standard output of the script; a failing script fails the test with its standard error.</summary>
    public static async Task<string> RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var error = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{script}\n{await error}");
        return await output;
    }
}
