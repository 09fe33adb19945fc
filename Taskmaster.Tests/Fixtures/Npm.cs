namespace Taskmaster.Tests.Fixtures;

/// <summary>Programs that a folder's package-lock.json pins.</summary>
internal static class Npm
{
    /// <summary>Installs what the lock file names, once for each state of it; no package runs a script of its own.</summary>
    public static Task InstallAsync(string folder) => Shell.RunAsync($"""
        cd '{folder}'
        cmp -s package-lock.json node_modules/.installed && exit 0
        npm ci --ignore-scripts --no-audit --no-fund
        cp package-lock.json node_modules/.installed
        """);

    /// <returns>Standard output.</returns>
    public static Task<string> RunAsync(string folder, string program, params string[] arguments) =>
        Shell.RunAsync($"cd '{folder}' && REDOCLY_TELEMETRY=off node_modules/.bin/{program} "
            + $"{string.Join(' ', arguments.Select(argument => $"'{argument}'"))}");
}
