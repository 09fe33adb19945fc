using System.Diagnostics;
using System.Globalization;

namespace Taskmaster.AppHost.Local;

/// <summary>Whom Postgres runs as: it refuses to be root.</summary>
internal static class PostgresUser
{
    /// <summary>Unset when this process is not root, and Postgres simply runs as it does.</summary>
    public static string? Name { get; } = !Environment.IsPrivilegedProcess ? null : Fields("postgres") is null ? "nobody" : "postgres";

    /// <summary>The number of that user's own group.</summary>
    public static string Group => Fields(Name!)![3];

    /// <summary>The program by which root becomes that user.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static string SetPriv => Programs.Find("setpriv") ?? throw new RefusalException(
        $"Postgres refuses to run as root, and there is no setpriv to become the user {Name} with: install util-linux, or start this as "
        + $"another user.");

    public static async Task GiveAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null)
        {
            return;
        }

        var (exitCode, output) = await Programs.RunAsync(new ProcessStartInfo("chown", ["-R", Name, path]), cancellationToken);
        if (exitCode != 0)
        {
            throw new RefusalException(string.Create(
                CultureInfo.InvariantCulture, $"{path} cannot be given to the user {Name}, whom Postgres runs as: {output.Trim()}"));
        }
    }

    private static string[]? Fields(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == user);
}
