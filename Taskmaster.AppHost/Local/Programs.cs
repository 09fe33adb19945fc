using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Taskmaster.AppHost.Local;

/// <summary>Programs of the machine.</summary>
internal static class Programs
{
    /// <summary>The dotnet that runs this very process; under <c>dotnet run</c> the process's own path is the AppHost's.</summary>
    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>What the program says of its version.</summary>
    public static async Task<string> VersionAsync(string program, CancellationToken cancellationToken) =>
        (await RunAsync(new ProcessStartInfo(program, ["--version"]), cancellationToken)).Output.Trim();

    /// <summary>Runs a short command to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
