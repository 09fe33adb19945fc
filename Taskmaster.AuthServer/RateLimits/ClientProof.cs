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

    /// <summary>
    /// Whether the request's client is authenticated; null when only a database look-up can tell and <paramref name="lookUp"/> is false.
    /// </summary>
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

        // The cached client may be out of date: another replica may just have added the secret.
        if (!lookUp)
        {
            return null;
        }

        return await clients.ReloadAsync(id, context.RequestAborted) is { } client && await IsProvenAsync(client, claimed);
    }

    private async ValueTask<bool> IsProvenAsync(Client client, ClaimedClient claimed) => claimed switch
    {
        // A public client has no credentials that could be guessed.
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
