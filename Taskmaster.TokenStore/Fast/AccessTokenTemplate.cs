using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.TokenStore.Fast;

/// <summary>
/// All that the access tokens of one client with the same claims have in common, encrypted once: what is left for each
/// of them is a reference and two dates. <see cref="AccessTokens.Prepare"/> makes it.
/// </summary>
public sealed class AccessTokenTemplate
{
    private readonly byte[] _value;

    internal AccessTokenTemplate(RedisToken token, TimeSpan lifetime, long timeToLive)
    {
        _value = TokenWriter.Ungranted(token, timeToLive);
        Route = token.Location.Route;
        (Lifetime, TimeToLive) = (lifetime, timeToLive);
    }

    /// <summary>How long each token lives from its creation.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>The route of every token made from this template, except for the tag: each token has its own.</summary>
    internal TokenRoute Route { get; }

    /// <summary>How long Redis keeps each, in milliseconds.</summary>
    internal long TimeToLive { get; }

    /// <summary>The value of a token created at the given time.</summary>
    internal byte[] ValueAt(DateTimeOffset created)
    {
        byte[] own = [.. _value];
        TokenValue.SetDates(own, created, created + Lifetime);
        return own;
    }
}
