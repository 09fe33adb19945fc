using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Dpop;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Dpop;

/// <summary>
/// What is bound to a key is good only with a proof of it: a code and a refresh token at the token endpoint (RFC 9449 §5, §10),
/// an access token at UserInfo (§7). In place of OpenIddict's own check, which knows certificates only (RFC 8705) and
/// fails at any other binding.
/// </summary>
internal sealed class RequireBoundKey : IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        // Who introspects or revokes a token need not be who uses it.
        if (!context.DisableProofOfPossessionValidation
            && !IsSubjectToken(context)
            && Problem(context.Principal?.GetTokenType(), context.Principal?.Binding(), context.Transaction.Proof()) is { } problem)
        {
            context.Reject(problem);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>RFC 8693: shown by the server that it was issued for, which has checked the proof of who used it there.</summary>
    private static bool IsSubjectToken(ValidateTokenContext context) =>
        context.Transaction.EndpointType is OpenIddictServerEndpointType.Token
        && context.Principal?.GetTokenType() is TokenTypeIdentifiers.AccessToken;

    private static ProtocolError? Problem(string? type, string? binding, DpopProof? proof) => (type, binding, proof) switch
    {
        (TokenTypeIdentifiers.AccessToken, null, not null) => ProtocolErrors.AccessTokenNotBound,
        (_, null, _) => null,
        (TokenTypeIdentifiers.AccessToken, _, null) => ProtocolErrors.AccessTokenBound,
        (_, _, null) => ProtocolErrors.Of(DpopProblem.Missing),
        _ when binding == proof.Confirmation => null,
        (TokenTypeIdentifiers.AccessToken, _, _) => ProtocolErrors.Of(DpopProblem.OtherKey),
        (TokenTypeIdentifiers.RefreshToken, _, _) => AsToken(ProtocolErrors.RefreshTokenBoundToOtherKey),
        _ => AsToken(ProtocolErrors.AuthorizationCodeBoundToOtherKey),
    };

    // The token endpoint turns it back into invalid_grant.
    private static ProtocolError AsToken(ProtocolError error) => error with { Error = OpenIddictConstants.Errors.InvalidToken };
}
