using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// RFC 7662 §2.2: what is no access or refresh token, an id_token or a code, is not active, and nothing more is said of
/// it. OpenIddict would call it an <c>unsupported_token_type</c>, which the RFC has for no answer of this endpoint.
/// </summary>
internal sealed class InactiveUnlessToken : IOpenIddictServerHandler<ValidateIntrospectionRequestContext>
{
    public ValueTask HandleAsync(ValidateIntrospectionRequestContext context)
    {
        if (context.GenericTokenPrincipal?.GetTokenType() is not (TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.RefreshToken))
        {
            // OpenIddict answers invalid_token with "active": false.
            context.Reject(OpenIddictConstants.Errors.InvalidToken);
        }

        return ValueTask.CompletedTask;
    }
}
