using OpenIddict.Abstractions;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// OpenIddict's token store on Redis. It finds a token by its reference or id, writes it, and revokes grants, subjects
/// and clients by one mark each. It keeps no index of tokens: it cannot list, count or query them.
/// </summary>
internal sealed partial class RedisTokenStore(TokenReader reader, TokenWriter writer, TokenUnitOfWork unit)
    : IOpenIddictTokenStore<RedisToken>
{
    public async ValueTask<RedisToken?> FindByIdAsync(string identifier, CancellationToken cancellationToken)
    {
        if (unit.Known(identifier) is { } known)
        {
            return known;
        }

        if (!TokenLocation.TryParse(identifier, out var location))
        {
            return null;
        }

        var token = await reader.FindAsync(location, unit.Use, cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            unit.Remember(token);
            if (token is { Type: TokenTypeIdentifiers.Private.UserCode, Status: Statuses.Valid } && unit.DecidedAt is null)
            {
                unit.DecidedAt = await reader.FindTimeAsync(token, cancellationToken).ConfigureAwait(false);
            }
        }

        return token;
    }

    /// <summary>The reference's hash is the id of the token's key: see <see cref="RedisTokenManager"/>.</summary>
    public ValueTask<RedisToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken) =>
        FindByIdAsync(identifier, cancellationToken);

    public async ValueTask CreateAsync(RedisToken token, CancellationToken cancellationToken)
    {
        unit.Place(token);
        await unit.AddAsync(token, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="ConcurrencyException">The token was changed, revoked or redeemed since it was read.</exception>
    public async ValueTask UpdateAsync(RedisToken token, CancellationToken cancellationToken)
    {
        if (unit.IsUnwritten(token))
        {
            return;
        }

        if (token.Header is null || token.IsOfRevokedGrant)
        {
            throw new ConcurrencyException("Only a token that was read, and whose grant lives, can be updated.");
        }

        var written = await writer.UpdateAsync(token, unit.DecidedAt, cancellationToken).ConfigureAwait(false);

        // The token's header has changed, so the token has to be read again before it is used again.
        unit.Forget(token);

        if (!written)
        {
            throw new ConcurrencyException("The token was changed since it was read.");
        }

        if (token.Status == Statuses.Redeemed)
        {
            unit.RedeemedByUpdate = token.Location;
        }
    }

    public async ValueTask DeleteAsync(RedisToken token, CancellationToken cancellationToken)
    {
        unit.Forget(token);
        await writer.DeleteAsync(token, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<RedisToken> InstantiateAsync(CancellationToken cancellationToken) => new(new RedisToken());

    public ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) =>
        MarkedAsync(writer.EndGrantAsync(identifier, cancellationToken));

    public ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken) =>
        MarkedAsync(writer.EndSubjectAsync(subject, cancellationToken));

    public ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken) =>
        MarkedAsync(writer.EndClientAsync(identifier, TimeSpan.Zero, cancellationToken));

    /// <summary>Revokes by subject, by client, or by both together; a status or a type cannot be told apart by a mark.</summary>
    public ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken)
    {
        // A mark revokes valid tokens only, so the status "valid" means the same as no status.
        if (status is not (null or Statuses.Valid) || type is not null)
        {
            throw new NotSupportedException("Tokens in Redis are revoked by grant, subject and client, not by status or type.");
        }

        return (subject, client) switch
        {
            ({ } user, { } application) => MarkedAsync(writer.EndSubjectAtClientAsync(user, application, cancellationToken)),
            ({ } user, null) => RevokeBySubjectAsync(user, cancellationToken),
            (null, { } application) => RevokeByApplicationIdAsync(application, cancellationToken),
            _ => throw new NotSupportedException("Revoking every token there is takes FLUSHDB, not a mark."),
        };
    }

    /// <summary>Redis removes what has expired; there is nothing to prune.</summary>
    public ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken) => new(0L);

    /// <summary>Returns 1: a revocation is one mark, and how many tokens it revokes is not counted.</summary>
    private async ValueTask<long> MarkedAsync(Task mark)
    {
        await mark.ConfigureAwait(false);
        unit.ForgetWritten();
        return 1;
    }
}
