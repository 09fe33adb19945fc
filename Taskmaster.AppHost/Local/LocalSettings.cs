using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Taskmaster.AppHost.Local;

/// <summary>How one run differs from another: the configuration section <c>Local</c> (README, "Settings").</summary>
internal sealed record LocalSettings
{
    public const string Garnet = "garnet";
    public const string Npm = "npm";

    private const string FreshArgument = "fresh";

    /// <summary>Everything that outlives the process is below it: the stores' data, and the secrets that protect it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether Redis and Postgres run as containers; unset, as containers where an engine runs.</summary>
    public bool? Containers { get; init; }

    /// <summary>A second instance beside the first: its own data folder, and free ports for everything.</summary>
    public string? Instance { get; init; }

    /// <summary>A test's data: durable writes would only slow it down, and nothing is left afterwards.</summary>
    public required bool IsThrowAway { get; init; }

    /// <summary>Begins with empty data.</summary>
    public required bool Fresh { get; init; }

    /// <summary><see cref="Garnet"/>, or the path of a Redis server; unset, whichever is found.</summary>
    public string? Redis { get; init; }

    /// <summary><see cref="Npm"/>, or a folder with Postgres' programs; unset, whichever is found.</summary>
    public string? Postgres { get; init; }

    /// <exception cref="RefusalException">A setting has no meaning.</exception>
    public static LocalSettings From(IConfiguration configuration, string appHostDirectory)
    {
        var section = configuration.GetSection("Local");
        var instance = section["Instance"];
        if (instance is not null && !(instance.Length is > 0 and <= 40 && instance.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            throw new RefusalException($"The setting Local:Instance is '{instance}'; a name of letters, digits, '-' and '_' is needed.");
        }

        var isThrowAway = section.GetValue("ThrowAway", false);
        return new LocalSettings
        {
            DataFolder = Path.GetFullPath(section["DataFolder"] ?? (isThrowAway
                ? Path.Combine(Path.GetTempPath(), $"taskmaster-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}")
                : Path.Combine(DataRoot, NameOfClone(appHostDirectory) + (instance is null ? "" : $"-{instance}")))),
            Containers = section["Stores"] switch
            {
                null or "" => null,
                "containers" => true,
                "programs" => false,
                var other => throw new RefusalException($"The setting Local:Stores is '{other}'; it can be 'containers' or 'programs', or unset."),
            },
            Instance = instance,
            IsThrowAway = isThrowAway,
            Fresh = section.GetValue("Fresh", false) || IsFresh(configuration),
            Redis = section["Redis"],
            Postgres = section["Postgres"],
        };
    }

    /// <summary>
    /// Where data folders are. Postgres refuses to run as root, and the user it then runs as cannot pass root's home.
    /// </summary>
    public static string DataRoot { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
        ? "/var/lib/taskmaster"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "taskmaster");

    /// <summary>
    /// The command line's <c>--fresh</c>. The configuration's own reader takes what follows as its value, and drops it where
    /// nothing does.
    /// </summary>
    private static bool IsFresh(IConfiguration configuration)
    {
        var value = configuration[FreshArgument];
        if (value?.StartsWith("--", StringComparison.Ordinal) == true)
        {
            throw new RefusalException($"--{FreshArgument} has taken '{value}' for its value: put it last.");
        }

        return value is null
            ? Array.Exists(Environment.GetCommandLineArgs(), argument => argument == $"--{FreshArgument}")
            : configuration.GetValue(FreshArgument, false);
    }

    /// <summary>Two clones on one machine do not share data.</summary>
    private static string NameOfClone(string appHostDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(appHostDirectory))))[..10];
}
