using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.Clients;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>
/// Whether a request shows what its client has: for one that comes from where many wrong guesses come from. The request is
/// still to be checked by the endpoint; this only tells it from the guesses, at the price of a hash or of one signature.
/// </summary>
internal sealed class ClientProof(ClientCache clients, ClientSecretCheck secrets, TimeProvider clock)
{
    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>Null when only looking the client up can tell, and that was not allowed.</summary>
    public async ValueTask<bool?> CheckAsync(HttpContext context, bool lookUp)
    {
        var claimed = await ClaimedClient.ReadAsync(context, withSecret: true);
        if (claimed.Id is not { } id)
        {
            return false;
        }

        if (clients.Remembered(id) is { } remembered && await IsProvenAsync(remembered, claimed))
        {
            return true;
        }

        // A wrong secret of a client that is known may be one that was made a moment ago on another replica.
        if (!lookUp)
        {
            return null;
        }

        return await clients.ReloadAsync(id, context.RequestAborted) is { } client && await IsProvenAsync(client, claimed);
    }

    private async ValueTask<bool> IsProvenAsync(Client client, ClaimedClient claimed) => claimed switch
    {
        // It has nothing that could be guessed.
        _ when client.IsPublic => claimed is { Secret: null, Assertion: null },
        { Secret: { } secret, Assertion: null } => secrets.Matches(client, secret),
        { Secret: null, Assertion: { } assertion } => await IsSignedByAsync(client, assertion),
        _ => false,
    };

    private async ValueTask<bool> IsSignedByAsync(Client client, string assertion)
    {
        if (client.JsonWebKeys is not { } keys)
        {
            return false;
        }

        var result = await _tokens.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(keys).GetSigningKeys(),
            ValidAlgorithms = ClientKeys.Algorithms,
            ValidIssuer = client.ClientId,
            ValidateAudience = false,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        });
        return result.IsValid;
    }
}
