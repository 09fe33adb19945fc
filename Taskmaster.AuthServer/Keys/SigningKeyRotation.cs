using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Keys;

/// <summary>When signing keys follow each other; configuration section <c>SigningKeys</c>.</summary>
internal sealed record SigningKeyRotation : IValidateOptions<SigningKeyRotation>
{
    public const string Section = "SigningKeys";

    /// <summary>How long a key signs.</summary>
    public TimeSpan Active { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is in the JWKS before it signs: longer than any client keeps a JWKS without asking again.</summary>
    public TimeSpan Announced { get; init; } = TimeSpan.FromDays(2);

    /// <summary>
    /// How long a key goes on verifying <c>id_token_hint</c>s after it last signed: a little longer than a
    /// refresh token lives (<c>TokenLifetimes.RefreshToken</c>), and with it the sign-in at the client.
    /// </summary>
    public TimeSpan Retired { get; init; } = TimeSpan.FromDays(31);

    /// <summary>How often a replica reads the keys: after this long every replica knows a new one.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a key that an operator made is announced before it signs: every replica has it in its JWKS by then.</summary>
    public TimeSpan Notice => 2 * CheckEvery;

    public ValidateOptionsResult Validate(string? name, SigningKeyRotation options)
    {
        var isInOrder = options.CheckEvery >= TimeSpan.FromSeconds(1)
            && options.Announced >= options.Notice
            && options.Active > options.Announced
            && options.Retired >= TimeSpan.Zero;
        return isInOrder
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"The section {Section} needs CheckEvery of a second or more, Announced of twice that or more, Active longer than "
                + $"Announced, and Retired not negative.");
    }
}
