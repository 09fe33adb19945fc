using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Taskmaster.Tests.Web;

/// <summary>A request as bytes, for what no HTTP client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends each character as one byte and reads all that comes back, also one byte a character.</summary>
    public static async Task<string> SendAsync(Uri origin, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, origin.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var response = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 ", response, StringComparison.Ordinal);
        return response;
    }

    /// <summary>What a UTF-8 text looks like when each of its bytes is a character.</summary>
    public static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
