using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore;

/// <summary>Reads a token together with the marks that decide about it, and says what it is worth now.</summary>
internal sealed partial class TokenReader(TokenDatabase database, ILogger<TokenReader> logger)
{
    public async Task<RedisToken?> FindAsync(TokenLocation location, CancellationToken cancellationToken)
    {
        var values = await database.FindAsync(location, cancellationToken).ConfigureAwait(false);
        if (values[0].IsNull)
        {
            return null;
        }

        try
        {
            var token = TokenValue.Read(((ReadOnlyMemory<byte>)values[0]).Span, location);
            var route = TokenRoute.Of(token, location.Route.Grant);

            // The buckets that decide are those of the token's own grant, subject and client, whatever was asked for.
            var marks = route == location.Route
                ? values.AsMemory(1)
                : await database.FindMarksAsync(route, cancellationToken).ConfigureAwait(false);
            Judge(token, marks.Span);
            return token;
        }
        catch (FormatException exception)
        {
            // No access rather than a guess: the token counts as unknown.
            Log.Unreadable(logger, location.ToString(), exception);
            return null;
        }
    }

    private static void Judge(RedisToken token, ReadOnlySpan<RedisValue> marks)
    {
        // A party's name is a hash of it: made only where there are marks to find it among, which is seldom.
        token.IsOfRevokedGrant =
            (token.AuthorizationId is { } grant && !marks[0].IsNull && Include(marks[0], MarkedParty.Grant(grant), token.Birth))
            || (token.Subject is { } subject && !marks[1].IsNull && Include(marks[1], MarkedParty.Subject(subject), token.Birth))
            || (token.Subject is { } user && token.ApplicationId is { } itsClient && !marks[1].IsNull
                && Include(marks[1], MarkedParty.SubjectAtClient(user, itsClient), token.Birth))
            || (token.ApplicationId is { } client && !marks[2].IsNull && Include(marks[2], MarkedParty.Client(client), token.Birth));

        // A redeemed code stays redeemed, so that its replay is answered as one.
        if (token.IsOfRevokedGrant && (token.Status != Statuses.Redeemed || token.Type == TokenTypeIdentifiers.RefreshToken))
        {
            token.Status = Statuses.Revoked;
        }
    }

    private static bool Include(RedisValue marks, MarkedParty party, long birth) =>
        new RevocationMarks(((ReadOnlyMemory<byte>)marks).Span).Include(party, birth);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The entry of token {TokenId} cannot be read; it gives no access.")]
        public static partial void Unreadable(ILogger logger, string tokenId, Exception exception);
    }
}
