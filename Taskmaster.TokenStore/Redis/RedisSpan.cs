using System.Diagnostics;
using System.Net;
using StackExchange.Redis;

namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// The span of a command to Redis, below the request that waits for it, as OpenTelemetry's conventions for Redis name it.
/// StackExchange.Redis has none of its own, and an instrumentation by its profiler loses the request where commands are sent
/// in a batch, and does not know whether they failed. It shows the command and its script, no key, value or message.
/// </summary>
internal static class RedisSpan
{
    private const string ErrorType = "error.type";

    /// <summary>Null when nobody listens, which costs nothing, and for the work in the background: nobody's request explains it.</summary>
    public static Activity? Start(ActivitySource source, IConnectionMultiplexer redis, string command, string? script = null)
    {
        if (!source.HasListeners() || Activity.Current is null)
        {
            return null;
        }

        var span = source.StartActivity(script is null ? command : $"{command} {script}", ActivityKind.Client);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("db.system.name", "redis").SetTag("db.operation.name", command);
            if (script is not null)
            {
                span.SetTag("db.stored_procedure.name", script);
            }

            // Of several nodes the client chooses one, and does not say which.
            _ = redis.GetEndPoints(configuredOnly: true) switch
            {
                [DnsEndPoint server] => span.SetTag("server.address", server.Host).SetTag("server.port", server.Port),
                [IPEndPoint server] => span.SetTag("server.address", server.Address.ToString()).SetTag("server.port", server.Port),
                _ => span,
            };
        }

        return span;
    }

    /// <summary>
    /// Marks the span of a failed command, and gives its <c>error.type</c>: Redis's own code, such as MISCONF, or the exception's
    /// type. A caller that went away is no failure, and neither is NOSCRIPT, after which the script is sent in full.
    /// </summary>
    public static string? Fail(Activity? span, Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            return null;
        }

        var code = exception is RedisServerException ? CodeOf(exception.Message) : null;
        var type = code ?? exception.GetType().FullName!;
        if (span is not null)
        {
            span.SetTag("db.response.status_code", code);
            if (code != "NOSCRIPT")
            {
                span.SetTag(ErrorType, type).SetStatus(ActivityStatusCode.Error);
            }
        }

        return type;
    }

    /// <summary>An error reply begins with its code, in capitals; whatever follows may quote what was sent.</summary>
    private static string? CodeOf(string message)
    {
        const int Longest = 20;
        var end = message.AsSpan().IndexOfAnyExceptInRange('A', 'Z');
        var code = end < 0 ? message : message[..end];
        return code.Length is > 0 and <= Longest && (end < 0 || message[end] == ' ') ? code : null;
    }
}
