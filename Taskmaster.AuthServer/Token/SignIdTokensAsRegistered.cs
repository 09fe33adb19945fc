using OpenIddict.Server;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Keys;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Token;

/// <summary>
/// OpenID Connect Dynamic Client Registration §2, <c>id_token_signed_response_alg</c>. OpenIddict signs every id_token with the first
/// of its keys.
/// </summary>
internal sealed class SignIdTokensAsRegistered(ClientCache clients) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context is { TokenType: TokenTypeIdentifiers.IdentityToken, ClientId: { } clientId }
            && await clients.FindAsync(clientId, context.CancellationToken) is { } client)
        {
            context.SigningCredentials = IdTokenAlgorithms.Choose(context.Options.SigningCredentials, client.IdTokenAlgorithm);
        }
    }
}
