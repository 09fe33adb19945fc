using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Taskmaster.TokenStore.Format;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Redis;

/// <summary>Reads a token together with the revocation marks that apply to it, and derives its current status.</summary>
internal sealed partial class TokenReader(TokenDatabase database, ILogger<TokenReader> logger)
{
    public Task<RedisToken?> FindAsync(TokenLocation location, OneTimeUse? use, CancellationToken cancellationToken) =>
        FindAsync(location, isOwnRoute: false, static (location, value) => TokenValue.Read(value.Span, location), use, cancellationToken);

    /// <summary>
    /// Finds a code or token whose grant, subject and client are those that it was created with. The buckets in its
    /// reference are theirs then, and nobody can have changed them: the key's name is a hash of the whole.
    /// </summary>
    /// <param name="reference">What its holder has.</param>
    /// <param name="read">Makes a token that nobody else has of its value, or throws a <see cref="FormatException"/>.</param>
    /// <param name="use">What is used with it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<RedisToken?> FindByReferenceAsync(
        string reference, Func<TokenLocation, ReadOnlyMemory<byte>, RedisToken> read, OneTimeUse? use,
        CancellationToken cancellationToken) =>
        FindAsync(TokenReference.Locate(reference), isOwnRoute: true, read, use, cancellationToken);

    private async Task<RedisToken?> FindAsync(
        TokenLocation location, bool isOwnRoute, Func<TokenLocation, ReadOnlyMemory<byte>, RedisToken> read, OneTimeUse? use,
        CancellationToken cancellationToken)
    {
        var values = await database.FindAsync(location, use, cancellationToken).ConfigureAwait(false);
        if (values[0].IsNull)
        {
            return null;
        }

        try
        {
            var token = read(location, values[0]);
            var route = isOwnRoute ? location.Route : TokenRoute.Of(token, location.Route.Grant);

            // The buckets that decide are those of the token's own grant, subject and client, whatever was asked for.
            var marks = route == location.Route
                ? values.AsMemory(1)
                : await database.FindMarksAsync(route, cancellationToken).ConfigureAwait(false);
            await JudgeAsync(token, RevokedAt(token, marks.Span), cancellationToken).ConfigureAwait(false);
            return token;
        }
        catch (FormatException exception)
        {
            // No access rather than a guess: the token counts as unknown.
            Log.Unreadable(logger, location.ToString(), exception);
            return null;
        }
    }

    /// <summary>The time by Redis's clock, in microseconds.</summary>
    public Task<long> FindTimeAsync(RedisToken token, CancellationToken cancellationToken) =>
        database.FindTimeAsync(token.Location, cancellationToken);

    /// <summary>When the token's grant, subject or client was revoked last, by Redis's clock; 0 for never.</summary>
    private static long RevokedAt(RedisToken token, ReadOnlySpan<RedisValue> marks)
    {
        var last = 0L;

        // A party's name is a hash of it: made only where there are marks to find it among, which is seldom.
        if (token.AuthorizationId is { } grant && !marks[0].IsNull)
        {
            last = Math.Max(last, RevokedAt(marks[0], MarkedParty.Grant(grant)));
        }

        if (token.Subject is { } subject && !marks[1].IsNull)
        {
            last = Math.Max(last, RevokedAt(marks[1], MarkedParty.Subject(subject)));
            if (token.ApplicationId is { } itsClient)
            {
                last = Math.Max(last, RevokedAt(marks[1], MarkedParty.SubjectAtClient(subject, itsClient)));
            }
        }

        if (token.ApplicationId is { } client && !marks[2].IsNull)
        {
            last = Math.Max(last, RevokedAt(marks[2], MarkedParty.Client(client)));
        }

        return last;
    }

    private async ValueTask JudgeAsync(RedisToken token, long revokedAt, CancellationToken cancellationToken)
    {
        if (revokedAt == 0)
        {
            return;
        }

        var birth = TokenValue.IsTime(token.Birth)
            ? token.Birth
            : await database.FindBirthAsync(token.Location, cancellationToken).ConfigureAwait(false);
        token.IsOfRevokedGrant = revokedAt >= birth;

        // A redeemed code stays redeemed, so that its replay is answered as one.
        if (token.IsOfRevokedGrant && (token.Status != Statuses.Redeemed || token.Type == TokenTypeIdentifiers.RefreshToken))
        {
            token.Status = Statuses.Revoked;
        }
    }

    private static long RevokedAt(RedisValue marks, MarkedParty party) =>
        new RevocationMarks(((ReadOnlyMemory<byte>)marks).Span).RevokedAt(party);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The entry of token {TokenId} cannot be read; it gives no access.")]
        public static partial void Unreadable(ILogger logger, string tokenId, Exception exception);
    }
}
