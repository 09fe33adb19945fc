using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Taskmaster.LocalHost.Running;

/// <summary>How this start differs from another; the configuration section LocalHost, described in the README.</summary>
internal sealed record LocalHostSettings
{
    public const string FreshArgument = "--fresh";

    /// <summary>Everything that outlives the process is below it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A test's data: durable writes would only slow it down, and nothing is left afterwards.</summary>
    public required bool IsThrowAway { get; init; }

    /// <summary>Ports are free ones, so that instances run side by side.</summary>
    public required bool RandomPorts { get; init; }

    /// <summary>Begins with empty data.</summary>
    public required bool Fresh { get; init; }

    /// <summary>"garnet", or the path of a Redis server; unset, whichever is found.</summary>
    public string? Redis { get; init; }

    /// <summary>"npm", or a folder with Postgres's programs; unset, whichever is found.</summary>
    public string? Postgres { get; init; }

    /// <summary>A test must not wait for what will not come; a person may still look and repair.</summary>
    public required WaitBehavior DefaultWaitBehavior { get; init; }

    public string? ParametersFile => IsThrowAway ? null : Path.Combine(DataFolder, "parameters.json");

    public static LocalHostSettings From(IConfiguration configuration, string[] arguments, string appHostDirectory, bool isTest)
    {
        var dataFolder = configuration["LocalHost:DataFolder"];
        var throwAway = isTest && dataFolder is null;

        return new LocalHostSettings
        {
            DataFolder = Path.GetFullPath(dataFolder ?? (throwAway
                ? Path.Combine(Path.GetTempPath(), $"taskmaster-test-{RandomNumberGenerator.GetHexString(12, lowercase: true)}")
                : Path.Combine(DataRoot.Path, NameOfClone(appHostDirectory)))),
            IsThrowAway = throwAway,
            RandomPorts = configuration.GetValue("LocalHost:RandomPorts", isTest),
            Fresh = arguments.Contains(FreshArgument),
            Redis = configuration["LocalHost:Redis"],
            Postgres = configuration["LocalHost:Postgres"],
            DefaultWaitBehavior = isTest ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable,
        };
    }

    /// <summary>Two clones on one machine do not share data.</summary>
    private static string NameOfClone(string appHostDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHostDirectory)))[..10];
}
