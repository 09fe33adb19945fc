using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>Reads what <see cref="RequestLog"/> of every replica of every service has written.</summary>
public sealed class RequestLogReader(IConnectionMultiplexer redis, IOptions<RequestLogOptions> options, TimeProvider clock)
{
    private static readonly RedisValue[] Fields = ["requests", "errors", "claimed"];

    private readonly RequestLogOptions _options = options.Value;

    /// <summary>A client's requests, the newest first.</summary>
    public async Task<IReadOnlyList<LoggedRequest>> ListAsync(string clientId)
    {
        var oldest = (clock.GetUtcNow() - _options.Retention).ToUnixTimeMilliseconds();
        var parts = await Task.WhenAll(Enum.GetValues<RequestShare>().Select(share => redis.SendAsync(
            "ZRANGEBYSCORE", database => database.SortedSetRangeByScoreAsync(RequestLogKeys.Requests(clientId, share), start: oldest))));
        return
        [
            .. parts.SelectMany(static part => part)
                .Select(static value => JsonSerializer.Deserialize((byte[])value!, LoggedRequestJson.Default.LoggedRequest)!)
                .OrderByDescending(static request => request.At)
                .ThenByDescending(static request => request.Id),
        ];
    }

    /// <summary>A client's counts of the last 24 parts of the retention, the one that has just begun among them.</summary>
    public async Task<RequestCounts> CountAsync(string clientId)
    {
        var now = _options.BucketAt(clock.GetUtcNow());
        var parts = await Task.WhenAll(Enumerable.Range(0, RequestLogOptions.Buckets).Select(ago => redis.SendAsync(
            "HMGET", database => database.HashGetAsync(RequestLogKeys.Counts(clientId, now - ago), Fields))));
        return new(Sum(0), Sum(1), Sum(2));

        long Sum(int field) => parts.Sum(part => (long)part[field]);
    }
}
