using System.Net.Sockets;
using System.Text;

namespace Taskmaster.Benchmarks.Stores;

/// <summary>
/// The commands that clients send while it listens (MONITOR), by name. What a script does inside Redis is no round trip
/// and not counted, which is why <c>INFO commandstats</c> would not do: it counts both.
/// </summary>
internal sealed class RedisCommands : IDisposable
{
    // The client library's own: how it connects and keeps connections alive, never part of a request.
    private static readonly HashSet<string> Housekeeping = new(
        ["PING", "ECHO", "INFO", "CLIENT", "CONFIG", "CLUSTER", "SENTINEL", "HELLO", "AUTH", "SUBSCRIBE", "MONITOR", "SCRIPT", "SELECT"],
        StringComparer.OrdinalIgnoreCase);

    private readonly TcpClient _connection;
    private readonly StreamReader _lines;

    private RedisCommands(TcpClient connection, StreamReader lines)
    {
        _connection = connection;
        _lines = lines;
    }

    public static async Task<RedisCommands> ListenAsync(int port)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", port);
        var stream = connection.GetStream();
        await stream.WriteAsync("MONITOR\r\n"u8.ToArray());

        var lines = new StreamReader(stream, Encoding.Latin1);
        _ = await lines.ReadLineAsync();
        return new RedisCommands(connection, lines);
    }

    /// <summary>What was sent until now; a marker command tells where now is.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(RedisServer server)
    {
        const string marker = "taskmaster-benchmarks-marker";
        var sent = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        await server.MarkAsync(marker);

        // 1339518083.107412 [0 127.0.0.1:60866] "get" "key"; a script's commands say [0 lua].
        while (await _lines.ReadLineAsync() is { } line && !line.Contains(marker, StringComparison.Ordinal))
        {
            var name = line.Split('"') is [_, var first, ..] ? first : string.Empty;
            if (!line.Contains(" lua]", StringComparison.Ordinal) && !Housekeeping.Contains(name))
            {
                sent[name.ToUpperInvariant()] = sent.GetValueOrDefault(name) + 1;
            }
        }

        return sent;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _connection.Dispose();
    }
}
