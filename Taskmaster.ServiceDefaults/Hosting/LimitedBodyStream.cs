using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// Content whose length is not known in advance (RFC 9112 §7.1), up to a limit. What comes after it the server still reads
/// and throws away for a few seconds once the answer is sent: a sender that is cut off may never see the 413.
/// </summary>
public sealed class LimitedBodyStream : Stream
{
    private readonly Stream _content;
    private readonly long _limit;
    private long _read;

    private LimitedBodyStream(Stream content, long limit) => (_content, _limit) = (content, limit);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>Holds the request's content to <paramref name="limit"/> bytes.</summary>
    /// <returns>False for content that says it is longer: none of it has been read.</returns>
    public static bool TryLimit(HttpContext context, long limit)
    {
        ArgumentNullException.ThrowIfNull(context);

        // The server's own limit would end the connection with the answer, and whatever was on its way in either direction.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
        {
            server.MaxRequestBodySize = null;
        }

        if (context.Request.ContentLength is { } length)
        {
            return length <= limit;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            var limited = new LimitedBodyStream(context.Request.Body, limit);
            context.Request.Body = limited;
            context.Features.Set(limited);
        }

        return true;
    }

    /// <summary>
    /// Whether more than the limit came, and no answer has begun: whoever read the content may have taken the exception for
    /// something else, as antiforgery does, which answers 400 to a form that it cannot read.
    /// </summary>
    public static bool WasExceeded(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        return context.Features.Get<LimitedBodyStream>() is { } content && content._read > content._limit && !context.Response.HasStarted;
    }

    /// <summary>As if the request had none: for the page that says what was wrong with it, which must not read it.</summary>
    public static void TakeAway(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        context.Request.ContentLength = null;
        context.Request.Headers.ContentType = default;
        context.Request.Body = Null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await _content.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Counted(_content.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int read)
    {
        _read += read;
        return _read <= _limit
            ? read
            : throw new BadHttpRequestException($"The content is longer than {_limit} bytes.", StatusCodes.Status413PayloadTooLarge);
    }
}
