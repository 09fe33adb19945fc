using Taskmaster.TokenStore.OpenIddict;

namespace Taskmaster.TokenStore.Redis;

/// <summary>How <c>UseRedisTokens</c> keeps tokens. Validated when the host starts.</summary>
public sealed class RedisTokenStoreOptions
{
    /// <summary>The prefix of every key; applications that share a Redis need different ones.</summary>
    public string KeyPrefix { get; set; } = "oi:";

    /// <summary>
    /// How long a token outlives its expiry. In this time an expired code is told from an unknown one, and the replay
    /// of a redeemed one is still recognised.
    /// </summary>
    public TimeSpan RetentionMargin { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// No token may live longer; revocation marks are kept for this time and the margin, so that none outlives the mark
    /// that killed it. Creating a token that would is an error.
    /// </summary>
    public TimeSpan LongestLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many failed attempts burn a token; 1 to 9. See <see cref="FailedAttempts"/>.</summary>
    public int MaximumFailedAttempts { get; set; } = 5;

    /// <summary>How long to wait for Redis before it counts as unavailable.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Each sign-in gets a grant of its own, which is what the replay of a code ends, and OpenIddict keeps no
    /// authorization entries. Switch it off only when your application names an authorization for every sign-in.
    /// </summary>
    public bool AssignGrants { get; set; } = true;
}
