using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Errors;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Authorize;

/// <summary>Says "expired" where OpenIddict says the same of expired and of revoked codes and refresh tokens.</summary>
internal sealed class RejectExpired : IOpenIddictServerHandler<ValidateTokenContext>
{
    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        var error = context.Principal?.GetTokenType() switch
        {
            TokenTypeIdentifiers.Private.AuthorizationCode => ProtocolErrors.AuthorizationCodeExpired,
            TokenTypeIdentifiers.RefreshToken => ProtocolErrors.RefreshTokenExpired,
            _ => null,
        };

        if (error is not null && context.Principal!.GetExpirationDate() is { } expiration && expiration <= context.Options.TimeProvider.GetUtcNow())
        {
            context.Reject(error.Error, error.Description);
        }

        return ValueTask.CompletedTask;
    }
}
