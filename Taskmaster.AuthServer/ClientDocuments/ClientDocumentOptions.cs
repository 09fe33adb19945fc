using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.ClientDocuments;

/// <summary>
/// Client ID Metadata Documents: whether they are taken, from whom, and for how long; configuration section <c>ClientDocuments</c>.
/// </summary>
internal sealed record ClientDocumentOptions : IValidateOptions<ClientDocumentOptions>
{
    public const string Section = "ClientDocuments";

    private const string AnySubdomain = "*.";

    public bool Enabled { get; init; } = true;

    /// <summary>
    /// The only hosts whose documents are taken, separated by spaces: <c>app.example.com</c> is that host,
    /// <c>*.example.com</c> all below it. Empty for every host.
    /// </summary>
    public string AllowedHosts { get; init; } = string.Empty;

    /// <summary>Hosts whose documents are never taken, written in the same way; they come before the allowed ones.</summary>
    public string DeniedHosts { get; init; } = string.Empty;

    /// <summary>How long a document is kept that says nothing about it (RFC 9111 §4.2.2).</summary>
    public TimeSpan UsualAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a document is kept at least, whatever it says: one sign-in asks for it several times.</summary>
    public TimeSpan ShortestAge { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a document is kept at most, whatever it says.</summary>
    public TimeSpan LongestAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long what users have granted goes on by the last good document while its host cannot be reached.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(1);

    public bool Allow(string host) =>
        !Names(DeniedHosts, host) && (string.IsNullOrWhiteSpace(AllowedHosts) || Names(AllowedHosts, host));

    public bool Deny(string host) => Names(DeniedHosts, host);

    public TimeSpan AgeOf(TimeSpan? said) =>
        TimeSpan.FromTicks(Math.Clamp((said ?? UsualAge).Ticks, ShortestAge.Ticks, LongestAge.Ticks));

    public ValidateOptionsResult Validate(string? name, ClientDocumentOptions options) => options switch
    {
        _ when Split($"{options.AllowedHosts} {options.DeniedHosts}").FirstOrDefault(entry => !IsHost(entry)) is { } wrong =>
            ValidateOptionsResult.Fail($"{Section} names '{wrong}', which is neither a host nor *. and a domain."),
        _ when options.ShortestAge < TimeSpan.Zero || options.LongestAge < options.ShortestAge || options.Grace < TimeSpan.Zero =>
            ValidateOptionsResult.Fail(
                $"{Section}: {nameof(ShortestAge)} must not be above {nameof(LongestAge)}, and no time may be negative."),
        _ => ValidateOptionsResult.Success,
    };

    private static bool IsHost(string entry) =>
        Uri.CheckHostName(entry.StartsWith(AnySubdomain, StringComparison.Ordinal) ? entry[AnySubdomain.Length..] : entry)
            is not UriHostNameType.Unknown;

    private static bool Names(string hosts, string host) => Array.Exists(
        Split(hosts),
        entry => entry.StartsWith(AnySubdomain, StringComparison.Ordinal)
            ? host.EndsWith(entry[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(entry, StringComparison.OrdinalIgnoreCase));

    private static string[] Split(string hosts) => hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
