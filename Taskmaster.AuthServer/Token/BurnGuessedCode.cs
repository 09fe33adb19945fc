using OpenIddict.Abstractions;
using OpenIddict.Server;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// Counts a wrong code verifier against its code; the store burns the code at the fifth, so that a stolen code
/// cannot be tried with guesses.
/// </summary>
internal sealed class BurnGuessedCode(FailedAttempts attempts) : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public async ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        if (context.Transaction.HasDocumentedError(ProtocolErrors.InvalidCodeVerifier)
            && context.Transaction.GetProperty<ValidateTokenRequestContext>(
                typeof(ValidateTokenRequestContext).FullName!) is { AuthorizationCodePrincipal: { } code }
            && code.GetTokenId() is { } tokenId)
        {
            await attempts.CountAsync(tokenId, context.CancellationToken);
        }
    }
}
