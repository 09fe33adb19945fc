using System.Globalization;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>A limit under the name that settings and the <c>RateLimit</c> header fields call it by.</summary>
public sealed class RateLimitPolicy
{
    private readonly long _windowMilliseconds;

    public RateLimitPolicy(string name, RateLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        Name = name;
        Limit = options.Limit;
        _windowMilliseconds = (long)options.Window.TotalMilliseconds;
        Header = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={options.Limit};w={(long)options.Window.TotalSeconds}");
    }

    public string Name { get; }

    public long Limit { get; }

    /// <summary>The value of <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers-10 §3).</summary>
    internal string Header { get; }

    /// <summary>How long Redis keeps a window: that one and another, for replicas whose clocks differ.</summary>
    internal TimeSpan Retention => TimeSpan.FromMilliseconds(2 * _windowMilliseconds);

    /// <summary>Windows begin for everybody at the same times, so that replicas count in the same one without talking.</summary>
    internal long WindowAt(DateTimeOffset now) => now.ToUnixTimeMilliseconds() / _windowMilliseconds;

    /// <summary>Whole seconds until the window ends, 1 or more.</summary>
    internal int SecondsLeft(DateTimeOffset now)
    {
        var left = _windowMilliseconds - (now.ToUnixTimeMilliseconds() % _windowMilliseconds);
        return (int)((left + 999) / 1000);
    }
}
