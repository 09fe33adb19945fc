using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// OpenIddict wants the type that a draft gives to client assertions; the clients there are send <c>JWT</c> or none (RFC 7523 §2.2
/// knows no type). Nothing else is signed with a client's key, so there is nothing to confuse an assertion with.
/// </summary>
internal sealed class ClientAssertionType : IOpenIddictServerHandler<ValidateTokenContext>
{
    private const string Typed = "client-authentication+jwt";

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.ValidTokenTypes.SetEquals([TokenTypeIdentifiers.Private.ClientAssertion]))
        {
            // OpenIddict's refusal is an invalid_token, which the introspection endpoint answers as if the client had
            // authenticated; ClientAssertionUse refuses with invalid_client.
            context.DisableAudienceValidation = true;
            context.TokenValidationParameters.ValidAlgorithms = ClientKeys.Algorithms;
            context.TokenValidationParameters.TypeValidator = (type, _, _) => type?.ToUpperInvariant() switch
            {
                null or "" or "JWT" or "CLIENT-AUTHENTICATION+JWT" => Typed,
                _ => throw new SecurityTokenInvalidTypeException("Not a client assertion.") { InvalidType = type },
            };
        }

        return ValueTask.CompletedTask;
    }
}
