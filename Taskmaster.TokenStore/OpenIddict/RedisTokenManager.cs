using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.OpenIddict;

/// <summary>
/// OpenIddict's token manager without what costs a round trip for nothing, and with one promise more: only a lost race
/// makes a Try method return false. An outage is a <see cref="TokenStoreUnavailableException"/>.
/// </summary>
internal sealed partial class RedisTokenManager(
    IOpenIddictTokenCache<RedisToken> cache,
    ILogger<OpenIddictTokenManager<RedisToken>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<RedisToken> store,
    TokenUnitOfWork unit,
    TokenWriter writer) : OpenIddictTokenManager<RedisToken>(cache, logger, options, store)
{
    public override async ValueTask<RedisToken?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken = default)
    {
        var token = await base.FindByReferenceIdAsync(identifier, cancellationToken).ConfigureAwait(false);

        // Whoever holds a refresh token can open its successor, which is sealed with it.
        token?.Reference ??= identifier;
        return token;
    }

    /// <summary>
    /// While a refresh request is answered, whether a reuse is within the leeway is decided by the commit, by Redis's
    /// clock; OpenIddict takes a redemption without a date for one within it.
    /// </summary>
    public override ValueTask<DateTimeOffset?> GetRedemptionDateAsync(RedisToken token, CancellationToken cancellationToken = default) =>
        unit.LeavesReuseToCommit ? new((DateTimeOffset?)null) : base.GetRedemptionDateAsync(token, cancellationToken);

    public override ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        identifier == unit.ReplayedGrant ? new(1L) : base.RevokeByAuthorizationIdAsync(identifier, cancellationToken);

    public override async ValueTask<bool> TryRedeemAsync(RedisToken token, CancellationToken cancellationToken = default)
    {
        if (unit.RedeemedByUpdate == token.Location)
        {
            return true;
        }

        if (unit.IsOpen)
        {
            // Whether it is redeemed, and by whom, is decided when the sign-in is committed.
            unit.Redeem(token);
            return true;
        }

        var commit = await writer.CommitAsync(token, [], use: null, cancellationToken).ConfigureAwait(false);
        unit.Forget(token);
        return commit.Succeeded;
    }

    /// <summary>
    /// Revokes the token; a refresh token with all that its grant has (RFC 7009 §2.1), in one write, too.
    /// </summary>
    public override async ValueTask<bool> TryRevokeAsync(RedisToken token, CancellationToken cancellationToken = default)
    {
        if (token is { Type: TokenTypeIdentifiers.RefreshToken, AuthorizationId: { } grant })
        {
            await writer.EndGrantAsync(grant, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await writer.CloseAsync(token, Statuses.Revoked, cancellationToken).ConfigureAwait(false);
        }

        unit.Forget(token);
        Log.Revoked(Logger, token.Id);
        return true;
    }

    public override async ValueTask<bool> TryRejectAsync(RedisToken token, CancellationToken cancellationToken = default)
    {
        await writer.CloseAsync(token, Statuses.Rejected, cancellationToken).ConfigureAwait(false);
        unit.Forget(token);
        Log.Rejected(Logger, token.Id);
        return true;
    }

    /// <summary>OpenIddict's validation without its read for a duplicate reference, which fresh random bits make needless.</summary>
    public override async IAsyncEnumerable<ValidationResult> ValidateAsync(
        RedisToken token, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(token.Type))
        {
            yield return new("A token needs a type.");
        }

        if (string.IsNullOrEmpty(token.Status))
        {
            yield return new("A token needs a status.");
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>The id of the reference's key: its SHA-256, behind the route that says which marks to read with it.</summary>
    protected override ValueTask<string> ObfuscateReferenceIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        new(TokenReference.Locate(identifier).ToString());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The token {TokenId} was revoked.")]
        public static partial void Revoked(ILogger logger, string? tokenId);

        [LoggerMessage(2, LogLevel.Information, "The token {TokenId} was rejected.")]
        public static partial void Rejected(ILogger logger, string? tokenId);
    }
}
