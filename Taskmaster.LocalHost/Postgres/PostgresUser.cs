using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Taskmaster.LocalHost.Running;

namespace Taskmaster.LocalHost.Postgres;

/// <summary>Whom Postgres runs as: it refuses to be root.</summary>
internal static class PostgresUser
{
    /// <summary>Unset when this process is not root, and Postgres simply runs as it does.</summary>
    public static string? Name { get; } = !Environment.IsPrivilegedProcess ? null : Exists("postgres") ? "postgres" : "nobody";

    public static async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null)
        {
            return;
        }

        var (exitCode, output) = await Programs.RunAsync(new ProcessStartInfo("chown", ["-R", Name, path]), cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(string.Create(
                CultureInfo.InvariantCulture, $"{path} cannot be given to the user {Name}, whom Postgres runs as: {output.Trim()}"));
        }
    }

    private static bool Exists(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ":", StringComparison.Ordinal));
}
