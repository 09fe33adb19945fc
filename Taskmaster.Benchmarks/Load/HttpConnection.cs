using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Taskmaster.Benchmarks.Load;

/// <summary>
/// One keep-alive HTTP/1.1 connection, blocking: two system calls a request, so that the generator stays far below
/// what it measures. It reads what the measured servers send (Content-Length or chunks) and no more of the RFC.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _length;

    /// <param name="port">Of this machine.</param>
    /// <param name="certificate">The only one that is accepted, as PEM; null for a connection in clear.</param>
    public HttpConnection(int port, string? certificate)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        var clear = new NetworkStream(socket, ownsSocket: true);
        _stream = certificate is null ? clear : Secure(clear, certificate);
    }

    /// <summary>The last answer's head and body.</summary>
    public (int Head, int Body) Answer { get; private set; }

    public int Send(ReadOnlySpan<byte> request)
    {
        _stream.Write(request);
        return ReadAnswer();
    }

    public string AnswerText() => Encoding.UTF8.GetString(_buffer, 0, Answer.Head + Answer.Body);

    public void Dispose() => _stream.Dispose();

    private static SslStream Secure(Stream clear, string certificate)
    {
        using var expected = X509Certificate2.CreateFromPem(certificate);
        var thumbprint = expected.GetCertHash(HashAlgorithmName.SHA256);
        var secure = new SslStream(clear);
        secure.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = IPAddress.Loopback.ToString(),
            RemoteCertificateValidationCallback = (_, presented, _, _) =>
                presented?.GetCertHash(HashAlgorithmName.SHA256).AsSpan().SequenceEqual(thumbprint) == true,
        });
        return secure;
    }

    private int ReadAnswer()
    {
        _length = 0;
        int head;
        while ((head = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            Receive();
        }

        head += 4;
        var status = int.Parse(_buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var end = status is 204 or 304 ? head : EndOfBody(head);
        while (end < 0 || _length < end)
        {
            Receive();
            end = EndOfBody(head);
        }

        Answer = (head, end - head);
        return status;
    }

    /// <summary>Where the body ends, or -1 when that cannot be told yet.</summary>
    private int EndOfBody(int head)
    {
        if (Header(head, "content-length:"u8) is { Length: > 0 } length)
        {
            return head + int.Parse(length, CultureInfo.InvariantCulture);
        }

        // Chunked; the last chunk is the empty one.
        var body = _buffer.AsSpan(head, _length - head);
        return body.EndsWith("\r\n0\r\n\r\n"u8) || body.SequenceEqual("0\r\n\r\n"u8) ? _length : -1;
    }

    private ReadOnlySpan<byte> Header(int head, ReadOnlySpan<byte> name)
    {
        var rest = _buffer.AsSpan(0, head);
        for (int length; (length = rest.IndexOf("\r\n"u8)) > 0; rest = rest[(length + 2)..])
        {
            if (length > name.Length && Ascii.EqualsIgnoreCase(rest[..name.Length], name))
            {
                return rest[name.Length..length].Trim((byte)' ');
            }
        }

        return [];
    }

    private void Receive()
    {
        if (_length == _buffer.Length)
        {
            throw new InvalidOperationException("The answer is longer than any this benchmark expects.");
        }

        var received = _stream.Read(_buffer.AsSpan(_length));
        if (received == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        _length += received;
    }
}
