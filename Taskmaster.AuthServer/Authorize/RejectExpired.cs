using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Errors;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>
/// In place of OpenIddict's own check of lifetimes, which has one text for expired and for revoked, and which comes
/// before the entry is looked at: the replay of a redeemed code must be recognised after the code's lifetime, too.
/// </summary>
internal sealed class RejectExpired : IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal?.GetExpirationDate() is { } expiration
            && expiration + context.TokenValidationParameters.ClockSkew <= context.Options.TimeProvider.GetUtcNow())
        {
            var description = context.Principal.GetTokenType() switch
            {
                TokenTypeIdentifiers.Private.AuthorizationCode => ProtocolErrors.AuthorizationCodeExpired.Description,
                TokenTypeIdentifiers.RefreshToken => ProtocolErrors.RefreshTokenExpired.Description,
                _ => ProtocolErrors.AccessTokenExpired.Description,
            };

            // What invalid_token becomes, invalid_grant or "active": false, is the endpoint's to say.
            context.Reject(OpenIddictConstants.Errors.InvalidToken, description);
        }

        return ValueTask.CompletedTask;
    }
}
