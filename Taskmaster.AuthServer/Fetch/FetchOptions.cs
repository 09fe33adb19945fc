using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Fetch;

/// <summary>What is fetched from addresses that strangers chose; configuration section <c>Fetch</c>.</summary>
internal sealed record FetchOptions
{
    public const string Section = "Fetch";

    /// <summary>How long name resolution, connection and the whole answer may take together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Lets <c>localhost</c> and loopback addresses be fetched from, without TLS too: for development, where the program that
    /// is fetched from runs on the same machine. Refused in production.
    /// </summary>
    public bool AllowLoopback { get; init; }

    /// <summary>
    /// How many fetches a minute one address may cause; one host is asked four times as often. Each replica counts by itself.
    /// </summary>
    public int PerMinute { get; init; } = 30;

    internal sealed class Validation(IHostEnvironment environment) : IValidateOptions<FetchOptions>
    {
        public ValidateOptionsResult Validate(string? name, FetchOptions options) => options switch
        {
            { AllowLoopback: true } when environment.IsProduction() => ValidateOptionsResult.Fail(
                $"{Section}:{nameof(AllowLoopback)} is for development: it lets strangers reach what listens on this machine."),
            _ when options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromSeconds(30) => ValidateOptionsResult.Fail(
                $"{Section}:{nameof(Timeout)} must be above zero, and 30 seconds or less."),
            { PerMinute: < 1 } => ValidateOptionsResult.Fail($"{Section}:{nameof(PerMinute)} must be 1 or more."),
            _ => ValidateOptionsResult.Success,
        };
    }
}
