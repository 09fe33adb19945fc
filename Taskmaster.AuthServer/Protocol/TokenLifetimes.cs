using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>The lifetimes of codes, tokens and requests; configuration section <c>Tokens</c>.</summary>
internal sealed record TokenLifetimes : IValidateOptions<TokenLifetimes>
{
    public const string Section = "Tokens";

    // What is longer is a mistake, such as seconds that are read as days.
    private static readonly TimeSpan Maximum = TimeSpan.FromDays(3650);

    /// <summary>"Authorization codes expire after 10 minutes."</summary>
    public TimeSpan AuthorizationCode { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>"Token lifetime in seconds (3600 = 1 hour)."</summary>
    public TimeSpan AccessToken { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Counted from the sign-in: using a refresh token does not extend it. Where it is longer, <c>SigningKeys:Retired</c> is to be longer,
    /// too.
    /// </summary>
    public TimeSpan RefreshToken { get; init; } = TimeSpan.FromDays(30);

    public TimeSpan IdToken { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a redeemed refresh token may be presented again, by a client that did not receive the response.</summary>
    public TimeSpan RefreshTokenReuseLeeway { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a pushed authorization request waits for its user to arrive (RFC 9126 §2.2).</summary>
    public TimeSpan PushedRequest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a user has to type a device's code (RFC 8628 §3.2).</summary>
    public TimeSpan DeviceCode { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a device waits between two polls (RFC 8628 §3.2).</summary>
    public TimeSpan DevicePollingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest of what the token store keeps.</summary>
    public TimeSpan Longest => new[] { AuthorizationCode, AccessToken, RefreshToken, PushedRequest, DeviceCode }.Max();

    public ValidateOptionsResult Validate(string? name, TokenLifetimes options)
    {
        TimeSpan[] lifetimes =
        [
            options.AuthorizationCode, options.AccessToken, options.RefreshToken, options.IdToken,
            options.PushedRequest, options.DeviceCode, options.DevicePollingInterval,
        ];
        return lifetimes.Any(lifetime => lifetime < TimeSpan.FromSeconds(1) || lifetime > Maximum)
            || options.RefreshTokenReuseLeeway < TimeSpan.Zero
            ? ValidateOptionsResult.Fail(
                $"The lifetimes in the section {Section} must be from one second to ten years, and the leeway not negative.")
            : ValidateOptionsResult.Success;
    }
}
