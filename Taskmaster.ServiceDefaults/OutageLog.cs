using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Taskmaster.ServiceDefaults;

/// <summary>
/// Tells in one line that something this service needs is away, and in another that it is back: under load every request
/// meets the same outage, and says nothing about it that the first did not.
/// </summary>
public sealed partial class OutageLog(ILogger<OutageLog> logger, TimeProvider clock)
{
    /// <summary>An outage that lasts is mentioned again after this.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Outage> _outages = new();

    /// <summary>A request was answered 503 because <paramref name="what"/> is away.</summary>
    public void Away(string what, Exception? cause)
    {
        var outage = _outages.GetOrAdd(what, static _ => new Outage());
        if (outage.IsToldOf(clock.GetUtcNow(), out var requests))
        {
            // Innermost, which is where it says what did not answer; the stack above it is always the same.
            Log.Away(logger, what, requests, cause?.GetBaseException().Message);
        }
    }

    /// <summary>It answered. Costs nothing while all is well.</summary>
    public void Back(string what)
    {
        if (!_outages.IsEmpty && _outages.TryRemove(what, out _))
        {
            Log.Back(logger, what);
        }
    }

    private sealed class Outage
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _told = DateTimeOffset.MinValue;
        private int _requests;

        public bool IsToldOf(DateTimeOffset now, out int requests)
        {
            lock (_lock)
            {
                requests = ++_requests;
                if (now - _told < Reminder)
                {
                    return false;
                }

                (_told, _requests) = (now, 0);
                return true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{What} is away: {Requests} requests answered 503 since the last such line. {Cause}")]
        public static partial void Away(ILogger logger, string what, int requests, string? cause);

        [LoggerMessage(2, LogLevel.Warning, "{What} is back.")]
        public static partial void Back(ILogger logger, string what);
    }
}
