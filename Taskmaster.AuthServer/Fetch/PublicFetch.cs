using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Taskmaster.AuthServer.Fetch;

/// <summary>
/// Fetches JSON from an address that a stranger chose, and cannot be made to reach what only this server reaches: the
/// addresses that a name resolves to must all be public, and the connection goes to those that were checked, so that a second
/// resolution cannot answer otherwise. No redirect is followed, no proxy asked, no cookie or trace header sent; time
/// (<see cref="FetchOptions.Timeout"/>), size and number (<see cref="FetchLimits"/>) are limited.
/// </summary>
internal sealed class PublicFetch : IDisposable
{
    /// <summary>The most bytes a document may have.</summary>
    public const int MaximumLength = 64 * 1024;

    private const int MaximumHeaderKilobytes = 16;

    private readonly FetchLimits _limits;
    private readonly FetchOptions _options;
    private readonly HttpMessageInvoker _http;

    public PublicFetch(FetchLimits limits, IOptions<FetchOptions> options)
    {
        (_limits, _options) = (limits, options.Value);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaximumHeaderKilobytes,
            // A connection is for one fetch: a later one resolves and checks again.
            PooledConnectionLifetime = TimeSpan.Zero,
            ResponseDrainTimeout = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <summary>A deadline for one fetch, or for several that belong together.</summary>
    public CancellationTokenSource NewDeadline() => new(_options.Timeout);

    /// <summary>Whether the address is one to fetch from at all: https, or in development this machine.</summary>
    public bool Takes(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsOwn(address.Host));

    /// <param name="address">An absolute URI.</param>
    /// <param name="caller">Whose request it is fetched for, as <c>CallerAddress</c> counts.</param>
    /// <param name="entityTag">Of the document that is there already.</param>
    /// <param name="deadline">From <see cref="NewDeadline"/>.</param>
    public async Task<FetchedDocument> GetAsync(Uri address, string caller, string? entityTag, CancellationToken deadline)
    {
        if (!Takes(address))
        {
            return new(FetchOutcome.Unreachable);
        }

        using var place = await _limits.EnterAsync(caller, address.IdnHost, deadline);
        if (place is null)
        {
            return new(FetchOutcome.Limited);
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.ParseAdd("Taskmaster");
            if (entityTag is not null)
            {
                _ = request.Headers.TryAddWithoutValidation("If-None-Match", entityTag);
            }

            using var response = await _http.SendAsync(request, deadline);
            return await ReadAsync(response, deadline);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(FetchOutcome.Unreachable);
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<FetchedDocument> ReadAsync(HttpResponseMessage response, CancellationToken deadline)
    {
        switch ((int)response.StatusCode)
        {
            case StatusCodes.Status200OK:
                break;
            case StatusCodes.Status304NotModified:
                return new(FetchOutcome.NotModified, EntityTag: response.Headers.ETag?.ToString(), MaxAge: MaxAgeOf(response));
            case StatusCodes.Status404NotFound or StatusCodes.Status410Gone:
                return new(FetchOutcome.Gone);
            case >= 300 and < 400:
                return new(FetchOutcome.Redirected);
            default:
                return new(FetchOutcome.OtherStatus);
        }

        if (!IsJson(response.Content.Headers.ContentType?.MediaType) || response.Content.Headers.ContentEncoding.Count > 0)
        {
            return new(FetchOutcome.OtherType);
        }

        if (response.Content.Headers.ContentLength > MaximumLength)
        {
            return new(FetchOutcome.TooLarge);
        }

        await using var body = await response.Content.ReadAsStreamAsync(deadline);
        var content = new byte[MaximumLength + 1];
        var length = await body.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, deadline);
        return length > MaximumLength
            ? new(FetchOutcome.TooLarge)
            : new(FetchOutcome.Fetched, content.AsMemory(0, length), response.Headers.ETag?.ToString(), MaxAgeOf(response));
    }

    // RFC 8259 §11, RFC 6839 §3.1.
    private static bool IsJson(string? mediaType) =>
        mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (mediaType.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase)));

    /// <summary>RFC 9111 §4.2.1 for a shared cache, less the time the answer has been in others.</summary>
    private static TimeSpan? MaxAgeOf(HttpResponseMessage response)
    {
        var control = response.Headers.CacheControl;
        if (control is { NoStore: true } or { NoCache: true } or { Private: true })
        {
            return TimeSpan.Zero;
        }

        var lifetime = control?.SharedMaxAge ?? control?.MaxAge
            ?? (response.Content.Headers.Expires is { } expires && response.Headers.Date is { } date ? expires - date : null);
        return lifetime is null ? null
            : lifetime - (response.Headers.Age ?? TimeSpan.Zero) is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        Predicate<IPAddress> mayBeReached = IsOwn(host) ? IPAddress.IsLoopback : PublicAddresses.Include;

        // One address that is not public is enough to refuse the name: nobody honest has such a mixture.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, mayBeReached))
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host has no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The host cannot be reached.", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether the host is this machine by its very name, and that is allowed: never a name that only resolves to it.</summary>
    private bool IsOwn(string host) =>
        _options.AllowLoopback
        && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
