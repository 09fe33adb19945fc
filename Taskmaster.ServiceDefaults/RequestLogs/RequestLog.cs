using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>
/// Notes the requests of clients for their owners (docs/request-log.md). To note one is to count it in memory, and for the
/// first of a period to keep its description; no request waits for Redis, and none fails because of it. All of a period is
/// written at once. What Redis does not take at the first attempt is dropped, and counted: it is no audit trail.
/// </summary>
public sealed partial class RequestLog : BackgroundWrites<string, PendingRequests>
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>The most descriptions that wait, of all clients.</summary>
    public const int MostWaiting = 5_000;

    // Counts, adds what is described, and bounds both: in one step, so that no crash leaves a key that stays for ever.
    // ARGV: how long counts live, the three counts; how long requests live, the time before which they are too old; then of
    // each part how many stay, as a rank, how many are added, and of each its time and text.
    private const string Script =
        """
        redis.call('HINCRBY', KEYS[4], 'requests', ARGV[2])
        redis.call('HINCRBY', KEYS[4], 'errors', ARGV[3])
        redis.call('HINCRBY', KEYS[4], 'claimed', ARGV[4])
        redis.call('PEXPIRE', KEYS[4], ARGV[1])
        local at = 7
        for part = 1, 3 do
          local rank, added = ARGV[at], tonumber(ARGV[at + 1])
          at = at + 2
          for _ = 1, added do
            redis.call('ZADD', KEYS[part], ARGV[at], ARGV[at + 1])
            at = at + 2
          end
          if added > 0 then
            redis.call('ZREMRANGEBYSCORE', KEYS[part], '-inf', ARGV[6])
            redis.call('ZREMRANGEBYRANK', KEYS[part], 0, rank)
            redis.call('PEXPIRE', KEYS[part], ARGV[5])
          end
        end
        return 0
        """;

    private static readonly RequestShare[] Shares = Enum.GetValues<RequestShare>();

    private readonly Lock _opening = new();
    private readonly IConnectionMultiplexer _redis;
    private readonly RequestLogOptions _options;
    private readonly RequestLogMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private int _waiting;
    private bool _isAway;

    public RequestLog(
        IConnectionMultiplexer redis, IOptions<RequestLogOptions> options, RequestLogMetrics metrics, TimeProvider clock,
        ILogger<RequestLog> logger)
        : base(Period, clock, logger) =>
        (_redis, _options, _metrics, _clock, _logger) = (redis, options.Value, metrics, clock, logger);

    /// <summary>Counts a request.</summary>
    /// <returns>Whether it is to be described as well (<see cref="Describe"/>).</returns>
    public bool Count(string clientId, RequestShare share, bool isError)
    {
        if (!_options.Enabled)
        {
            return false;
        }

        bool isDescribed;
        while (!PendingOf(clientId).TryCount(share, isError, out isDescribed))
        {
            // It was closed in between; the next is another.
        }

        if (isDescribed && Volatile.Read(ref _waiting) >= MostWaiting)
        {
            _metrics.LostToFullness();
            return false;
        }

        return isDescribed;
    }

    public void Describe(string clientId, RequestShare share, LoggedRequest request)
    {
        _ = Interlocked.Increment(ref _waiting);
        while (!PendingOf(clientId).TryAdd(share, request))
        {
            // As above.
        }
    }

    protected override async Task WriteAsync(
        IReadOnlyList<KeyValuePair<string, PendingRequests>> values, CancellationToken cancellationToken)
    {
        // All are sent before the first is answered.
        var written = await Task.WhenAll(values.Select(value => WriteAsync(value.Key, value.Value)));
        _isAway = _isAway && !Array.TrueForAll(written, static succeeded => succeeded);
    }

    private async Task<bool> WriteAsync(string clientId, PendingRequests pending)
    {
        var (counts, requests) = pending.Close();
        _ = Interlocked.Add(ref _waiting, -requests.Count);
        var now = _clock.GetUtcNow();
        RedisKey[] keys =
        [
            .. Shares.Select(share => RequestLogKeys.Requests(clientId, share)),
            RequestLogKeys.Counts(clientId, _options.BucketAt(now)),
        ];

        try
        {
            _ = await _redis.SendAsync(
                "EVALSHA", database => database.ScriptEvaluateAsync(Script, keys, Arguments(counts, requests, now)), "log_requests");
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            _metrics.LostToOutage(counts.Requests);
            if (!_isAway)
            {
                _isAway = true;
                Log.Dropping(_logger, exception);
            }

            return false;
        }
    }

    private RedisValue[] Arguments(
        RequestCounts counts, IReadOnlyList<(RequestShare Share, LoggedRequest Request)> requests, DateTimeOffset now)
    {
        List<RedisValue> arguments =
        [
            Milliseconds(_options.Retention + _options.Bucket), counts.Requests, counts.Errors, counts.Unauthenticated,
            Milliseconds(_options.Retention), Score(now - _options.Retention),
        ];
        foreach (var share in Shares)
        {
            arguments.Add((-RequestLogBounds.Stored(share) - 1).ToString(CultureInfo.InvariantCulture));
            var ofShare = requests.Where(entry => entry.Share == share).ToList();
            arguments.Add(ofShare.Count);
            foreach (var (_, request) in ofShare)
            {
                arguments.Add(Score(request.At));
                arguments.Add(JsonSerializer.SerializeToUtf8Bytes(request, LoggedRequestJson.Default.LoggedRequest));
            }
        }

        return [.. arguments];
    }

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private static long Score(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private PendingRequests PendingOf(string clientId) =>
        TryGetNoted(clientId, out var noted) && noted is { IsClosed: false } ? noted : Open(clientId);

    private PendingRequests Open(string clientId)
    {
        // One at a time: of two that were put for the same client, one would be lost with what it has counted.
        lock (_opening)
        {
            if (TryGetNoted(clientId, out var noted) && noted is { IsClosed: false })
            {
                return noted;
            }

            var pending = new PendingRequests();
            Put(clientId, pending);
            return pending;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis does not answer: requests are missing in their clients' logs until it does.")]
        public static partial void Dropping(ILogger logger, Exception exception);
    }
}
