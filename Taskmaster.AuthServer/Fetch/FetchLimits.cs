using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Fetch;

/// <summary>
/// Keeps fetches from being used against others: so many a minute for one caller and to one host, and so many at once. What is
/// refused here has sent nothing.
/// </summary>
internal sealed class FetchLimits(IOptions<FetchOptions> options) : IDisposable
{
    private const int AtOnce = 32;

    // A host has many callers, and one of them alone must not use up what it may be asked.
    private const int CallersOfOneHost = 4;

    private readonly PartitionedRateLimiter<string> _callers = PerMinute(options.Value.PerMinute);
    private readonly PartitionedRateLimiter<string> _hosts = PerMinute((long)CallersOfOneHost * options.Value.PerMinute);
    private readonly SemaphoreSlim _places = new(AtOnce);

    /// <summary>Takes a place, which the result gives back; null when there is none for this caller or host, or none in time.</summary>
    public async Task<IDisposable?> EnterAsync(string caller, string host, CancellationToken cancellationToken)
    {
        if (!Takes(_callers, caller) || !Takes(_hosts, host))
        {
            return null;
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
            return new Place(_places);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _callers.Dispose();
        _hosts.Dispose();
        _places.Dispose();
    }

    private static bool Takes(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> PerMinute(long limit) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
            key,
            _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = (int)Math.Min(limit, int.MaxValue),
                Window = TimeSpan.FromMinutes(1),
            }));

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
