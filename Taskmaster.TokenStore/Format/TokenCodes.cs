using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Format;

/// <summary>The one-character codes of a token's status and type; the scripts compare the statuses.</summary>
internal static class TokenCodes
{
    public const char RefreshToken = 'f';

    /// <summary>Any other type, which the body then contains as text.</summary>
    public const char OtherType = '?';

    public static char Status(string? status) => status switch
    {
        Statuses.Valid => 'v',
        Statuses.Redeemed => 'r',
        Statuses.Revoked => 'x',
        Statuses.Rejected => 'j',
        Statuses.Inactive => 'i',
        _ => throw new InvalidOperationException($"The status '{status}' is not one of a token."),
    };

    public static string Status(char code) => code switch
    {
        'v' => Statuses.Valid,
        'r' => Statuses.Redeemed,
        'x' => Statuses.Revoked,
        'j' => Statuses.Rejected,
        'i' => Statuses.Inactive,
        _ => throw new FormatException("The token's status is unknown."),
    };

    public static char Type(string? type) => type switch
    {
        TokenTypeIdentifiers.AccessToken => 'a',
        TokenTypeIdentifiers.RefreshToken => RefreshToken,
        TokenTypeIdentifiers.Private.AuthorizationCode => 'c',
        TokenTypeIdentifiers.Private.DeviceCode => 'd',
        TokenTypeIdentifiers.Private.UserCode => 'u',
        TokenTypeIdentifiers.Private.RequestToken => 'q',
        _ => OtherType,
    };

    public static string? Type(char code) => code switch
    {
        'a' => TokenTypeIdentifiers.AccessToken,
        RefreshToken => TokenTypeIdentifiers.RefreshToken,
        'c' => TokenTypeIdentifiers.Private.AuthorizationCode,
        'd' => TokenTypeIdentifiers.Private.DeviceCode,
        'u' => TokenTypeIdentifiers.Private.UserCode,
        'q' => TokenTypeIdentifiers.Private.RequestToken,
        OtherType => null,
        _ => throw new FormatException("The token's type is unknown."),
    };
}
