using Microsoft.Extensions.Logging;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Tells in one line that something this service needs is away, and in another that it is back: under load every request
/// meets the same outage, and says nothing about it that the first did not.
/// </summary>
public sealed partial class OutageLog(ILogger<OutageLog> logger, TimeProvider clock)
{
    /// <summary>How often an outage that lasts is logged again.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Told, int Requests)> _outages = [];

    // Whether there is any outage; read at every request, without the lock.
    private volatile bool _any;

    /// <summary>A request was answered 503 because <paramref name="what"/> is away.</summary>
    public void Away(string what, Exception? cause)
    {
        int requests;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var (told, before) = _outages.GetValueOrDefault(what, (DateTimeOffset.MinValue, 0));
            requests = before + 1;
            var isDue = now - told >= Reminder;
            _outages[what] = isDue ? (now, 0) : (told, requests);
            _any = true;
            if (!isDue)
            {
                return;
            }
        }

        // The innermost exception says what did not answer; the outer ones are always the same.
        Log.Away(logger, what, requests, cause?.GetBaseException().Message);
    }

    /// <summary><paramref name="what"/> answered: an outage of it is over.</summary>
    public void Back(string what)
    {
        if (!_any)
        {
            return;
        }

        lock (_lock)
        {
            if (!_outages.Remove(what))
            {
                return;
            }

            _any = _outages.Count > 0;
        }

        Log.Back(logger, what);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{What} is away: {Requests} requests answered 503 since the last such line. {Cause}")]
        public static partial void Away(ILogger logger, string what, int requests, string? cause);

        [LoggerMessage(2, LogLevel.Warning, "{What} is back.")]
        public static partial void Back(ILogger logger, string what);
    }
}
