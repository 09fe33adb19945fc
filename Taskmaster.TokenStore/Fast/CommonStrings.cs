using System.Security.Claims;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Fast;

/// <summary>The strings that take one byte. They are known by their place: change the list only together with the version.</summary>
internal static class CommonStrings
{
    public static IReadOnlyList<string> All { get; } =
    [
        "",
        ClaimsIdentity.DefaultIssuer,
        ClaimsIdentity.DefaultNameClaimType,
        ClaimsIdentity.DefaultRoleClaimType,
        ClaimValueTypes.String,
        ClaimValueTypes.Boolean,
        ClaimValueTypes.Integer64,
        Claims.Subject,
        Claims.Name,
        Claims.Email,
        Claims.EmailVerified,
        Claims.PreferredUsername,
        Claims.Role,
        Claims.ClientId,
        Claims.AuthenticationTime,
        Claims.UpdatedAt,
        Claims.Private.AccessTokenLifetime,
        Claims.Private.Audience,
        Claims.Private.AuthorizationCodeLifetime,
        Claims.Private.AuthorizationId,
        Claims.Private.CodeChallenge,
        Claims.Private.CodeChallengeMethod,
        Claims.Private.CreationDate,
        Claims.Private.ExpirationDate,
        Claims.Private.IdentityTokenLifetime,
        Claims.Private.Issuer,
        Claims.Private.Nonce,
        Claims.Private.Presenter,
        Claims.Private.RedirectUri,
        Claims.Private.RefreshTokenLifetime,
        Claims.Private.Resource,
        Claims.Private.Scope,
        Claims.Private.TokenId,
        Claims.Private.TokenType,
        Scopes.OpenId,
        Scopes.Profile,
        Scopes.OfflineAccess,
        CodeChallengeMethods.Sha256,
        ".destinations",
        "owner",
        "OpenIddict.Server.AspNetCore",
        "true",
        "false",
    ];

    public static IReadOnlyDictionary<string, int> Places { get; } =
        All.Select((text, place) => KeyValuePair.Create(text, place)).ToDictionary(StringComparer.Ordinal);
}
