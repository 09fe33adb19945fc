using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// How one run differs from another: the configuration section <c>Local</c> (README, "Settings"), and <c>Fetch:AllowLoopback</c>.
/// </summary>
internal sealed record LocalSettings
{
    public const string Garnet = "garnet";
    public const string Npm = "npm";

    /// <summary>A setting of AuthServer, which only this AppHost gives it.</summary>
    public const string AllowLoopbackSetting = "Fetch:AllowLoopback";

    private const string FreshArgument = "fresh";
    private const string ContainerStores = "containers";
    private const string ProgramStores = "programs";

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

    /// <summary>Whether metadata documents of clients may be on this machine.</summary>
    public required bool AllowLoopback { get; init; }

    /// <summary><see cref="Garnet"/>, or the full path of a Redis server; unset, whichever is found.</summary>
    public string? Redis { get; init; }

    /// <summary><see cref="Npm"/>, or the full path of a folder with Postgres' programs; unset, whichever is found.</summary>
    public string? Postgres { get; init; }

    /// <summary>
    /// Why nothing can be started with these settings, in a sentence; <see langword="null"/> where they are usable. The model is
    /// built all the same: only the start can end in a sentence instead of a stack trace.
    /// </summary>
    public string? Refusal { get; init; }

    /// <summary>Never throws: what has no meaning is told in <see cref="Refusal"/>.</summary>
    public static LocalSettings From(IConfiguration configuration, string appHostDirectory)
    {
        var section = configuration.GetSection("Local");
        var instance = section["Instance"];
        var stores = section["Stores"];
        var isThrowAway = IsTrue(section["ThrowAway"]);
        return new LocalSettings
        {
            DataFolder = FullPath(section["DataFolder"]) ?? Path.GetFullPath(isThrowAway
                ? Path.Combine(Path.GetTempPath(), $"taskmaster-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}")
                : Path.Combine(DataRoot, NameOfClone(appHostDirectory) + (instance is null ? "" : $"-{instance}"))),
            Containers = string.IsNullOrEmpty(stores) ? null : stores == ContainerStores,
            Instance = instance,
            IsThrowAway = isThrowAway,
            Fresh = IsTrue(section["Fresh"]) || IsFresh(configuration),
            AllowLoopback = IsTrue(configuration[AllowLoopbackSetting]),
            Redis = section["Redis"] is Garnet ? Garnet : FullPath(section["Redis"]),
            Postgres = section["Postgres"] is Npm ? Npm : FullPath(section["Postgres"]),
            Refusal = RefusalOf(configuration, section),
        };
    }

    /// <summary>From the folder that the user is in; null where the path is unset or empty.</summary>
    private static string? FullPath(string? path) => string.IsNullOrEmpty(path) ? null : Path.GetFullPath(path);

    private static string? RefusalOf(IConfiguration configuration, IConfigurationSection section)
    {
        var fresh = configuration[FreshArgument];
        if (section["Instance"] is { } instance
            && !(instance.Length is > 0 and <= 40 && instance.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            return $"The setting Local:Instance is '{instance}'; a name of 1 to 40 letters, digits, '-' and '_' is needed.";
        }

        if (section["Stores"] is not (null or "" or ContainerStores or ProgramStores) and var stores)
        {
            return $"The setting Local:Stores is '{stores}'; it can be '{ContainerStores}' or '{ProgramStores}', or unset.";
        }

        if (fresh?.StartsWith("--", StringComparison.Ordinal) == true)
        {
            return $"--{FreshArgument} has taken '{fresh}' for its value: put it last.";
        }

        (string Name, string? Value)[] switches =
        [
            ("Local:ThrowAway", section["ThrowAway"]), ("Local:Fresh", section["Fresh"]), (FreshArgument, fresh),
            (AllowLoopbackSetting, configuration[AllowLoopbackSetting]),
        ];
        return switches.FirstOrDefault(setting => !string.IsNullOrEmpty(setting.Value)
            && !bool.TryParse(setting.Value, out _)) is { Name: { } name, Value: var value }
            ? $"The setting {name} is '{value}'; it can be 'true' or 'false'."
            : null;
    }

    private static bool IsTrue(string? value) => bool.TryParse(value, out var isTrue) && isTrue;

    /// <summary>
    /// Where data folders are. Postgres refuses to run as root, and the user it then runs as cannot pass root's home.
    /// </summary>
    public static string DataRoot { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()
        ? "/var/lib/taskmaster"
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "taskmaster");

    /// <summary>
    /// The command line's <c>--fresh</c>. The configuration's own reader takes what follows as its value, and drops it where
    /// nothing does.
    /// </summary>
    private static bool IsFresh(IConfiguration configuration) => configuration[FreshArgument] is { } value
        ? IsTrue(value)
        : Array.Exists(Environment.GetCommandLineArgs(), argument => argument == $"--{FreshArgument}");

    /// <summary>Two clones on one machine do not share data.</summary>
    private static string NameOfClone(string appHostDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(appHostDirectory))))[..10];
}
