using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.AuthServer.Tickets;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// In place of OpenIddict's own check of lifetimes, which has one text for expired and for revoked, and which comes
/// before the entry is looked at: the replay of a redeemed code must be recognised after the code's lifetime, too.
/// </summary>
internal sealed class RejectExpired(ResumeTickets resume) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal?.GetExpirationDate() is { } expiration
            && expiration + context.TokenValidationParameters.ClockSkew <= context.Options.TimeProvider.GetUtcNow()
            && !IsResumed(context))
        {
            var error = ErrorFor(context.Principal.GetTokenType());

            // The endpoint turns invalid_token into its own answer: invalid_grant, or "active": false.
            context.Reject(error.Error is OpenIddictConstants.Errors.InvalidGrant
                ? error with { Error = OpenIddictConstants.Errors.InvalidToken }
                : error);
        }

        return ValueTask.CompletedTask;
    }

    private static ProtocolError ErrorFor(string? tokenType) => tokenType switch
    {
        TokenTypeIdentifiers.Private.AuthorizationCode => ProtocolErrors.AuthorizationCodeExpired,
        TokenTypeIdentifiers.Private.ClientAssertion => ProtocolErrors.InvalidClientAssertion,
        TokenTypeIdentifiers.Private.DeviceCode => ProtocolErrors.DeviceCodeExpired,
        TokenTypeIdentifiers.Private.RequestToken => ProtocolErrors.UnusableRequestUri,
        TokenTypeIdentifiers.RefreshToken => ProtocolErrors.RefreshTokenExpired,
        _ => ProtocolErrors.AccessTokenExpired,
    };

    // The request URI was used in time; it expired while the user signed in or decided.
    private bool IsResumed(ValidateTokenContext context) =>
        context.Principal?.GetTokenType() is TokenTypeIdentifiers.Private.RequestToken
        && context.Request is { } request
        && context.Transaction.GetHttpRequest() is { } http
        && resume.IsResumed(AuthorizeRequestUrl.Of(request), http);
}
