namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>How many requests one caller may make within a window; configuration section <c>RateLimits:{policy}</c>.</summary>
public sealed record RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>The longest window a policy may have: Redis keeps two windows of each caller.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromHours(1);

    public long Limit { get; set; }

    public TimeSpan Window { get; set; }

    public bool IsValid => Limit >= 1 && Window >= TimeSpan.FromSeconds(1) && Window <= LongestWindow;
}
