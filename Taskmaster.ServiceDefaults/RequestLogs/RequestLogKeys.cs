using System.Globalization;
using StackExchange.Redis;

namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>
/// The request log's keys in Redis. A client_id is public; it is the hash tag, so that one script may write all four.
/// <code>
/// key                              type        content                                    lifetime
/// reqlog:{client id}:succeeded     sorted set  requests as JSON, by their time in ms      the retention, set anew by each write
/// reqlog:{client id}:refused       sorted set  the same, answered by an error             the same
/// reqlog:{client id}:claimed       sorted set  the same, of nobody who showed that it     the same
///                                              was the client
/// reqlog:{client id}:count:{part}  hash        requests, errors and claimed ones of one   the retention and one part
///                                              24th of the retention
/// </code>
/// A sorted set and no stream: Garnet, on which Taskmaster runs where there is no redis-server, has no streams.
/// </summary>
internal static class RequestLogKeys
{
    public static RedisKey Requests(string clientId, RequestShare share) => $"reqlog:{{{clientId}}}:{NameOf(share)}";

    public static RedisKey Counts(string clientId, long bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"reqlog:{{{clientId}}}:count:{bucket}");

    private static string NameOf(RequestShare share) => share switch
    {
        RequestShare.Succeeded => "succeeded",
        RequestShare.Refused => "refused",
        _ => "claimed",
    };
}
