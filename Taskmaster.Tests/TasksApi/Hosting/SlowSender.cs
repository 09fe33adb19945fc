using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Taskmaster.Tests.TasksApi.Hosting;

/// <summary>A POST of which head and body are sent when the test says.</summary>
internal sealed class SlowSender : IDisposable
{
    private const int Length = 30; // of {"name":"s","description":"d"}

    private readonly TcpClient _socket;
    private readonly StreamReader _answer;

    private SlowSender(TcpClient socket) => (_socket, _answer) = (socket, new StreamReader(socket.GetStream()));

    /// <summary>Sends the head, which promises a body of 30 bytes.</summary>
    public static async Task<SlowSender> StartAsync(
        Uri server, AuthenticationHeaderValue authorization, string path, string idempotencyKey, string contentType = "application/json",
        bool expectsContinue = true)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var sender = new SlowSender(socket);
        await sender.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: {authorization}\r\nContent-Type: "
            + $"{contentType}\r\nContent-Length: {Length}\r\n"
            + $"Idempotency-Key: {idempotencyKey}\r\n{(expectsContinue ? "Expect: 100-continue\r\n" : "")}\r\n");
        return sender;
    }

    public async Task SendAsync(string text) => await _socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    public async Task<string?> ReadLineAsync() => await _answer.ReadLineAsync();

    public void Dispose()
    {
        _answer.Dispose();
        _socket.Dispose();
    }
}
