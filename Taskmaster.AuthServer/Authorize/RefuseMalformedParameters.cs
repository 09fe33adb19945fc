using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// Refuses a malformed <c>max_age</c>, <c>code_challenge</c> or <c>dpop_jkt</c> before the user is asked anything.
/// </summary>
internal sealed class RefuseMalformedParameters :
    IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
    IOpenIddictServerHandler<ValidatePushedAuthorizationRequestContext>
{
    // The length of a SHA-256 hash in base64url.
    private const int HashLength = 43;

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context) => Check(context, context.Request);

    public ValueTask HandleAsync(ValidatePushedAuthorizationRequestContext context) => Check(context, context.Request);

    /// <summary>
    /// 43 characters of base64url: the hash of a verifier (RFC 7636 §4.2) or of a key (RFC 7638). No verifier and no key fits
    /// another text, and the code would be wasted.
    /// </summary>
    public static bool IsHash(string text) =>
        text.Length == HashLength && Base64Url.IsValid(text, out var length) && length == SHA256.HashSizeInBytes;

    private static ValueTask Check(BaseValidatingContext context, OpenIddictRequest request)
    {
        var malformed = Text(request, Parameters.MaxAge) is { } maxAge && !IsWholeNumber(maxAge) ? ProtocolErrors.InvalidMaxAge
            : Text(request, Parameters.CodeChallenge) is { } challenge && !IsHash(challenge)
                ? ProtocolErrors.InvalidCodeChallenge
            : Text(request, DpopNames.KeyParameter) is { } thumbprint && !IsHash(thumbprint) ? ProtocolErrors.InvalidKeyThumbprint
            : null;
        if (malformed is not null)
        {
            context.Reject(malformed);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// OpenIddict reads any other text as no <c>max_age</c> at all, and nobody would have to sign in again (OpenID Connect Core §3.1.2.1).
    /// </summary>
    private static bool IsWholeNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // RFC 6749 §3.1: a parameter without a value is treated as omitted.
    private static string? Text(OpenIddictRequest request, string parameter) =>
        (string?)request[parameter] is { Length: > 0 } text ? text : null;
}
