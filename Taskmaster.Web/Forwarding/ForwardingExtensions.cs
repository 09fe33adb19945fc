using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.ServiceDiscovery.Http;
using Taskmaster.ServiceDefaults.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Taskmaster.Web.Forwarding;

/// <summary>Makes Web the one public origin: hands the <see cref="ForwardedPaths"/> to the services behind it.</summary>
internal static partial class ForwardingExtensions
{
    /// <summary>A service on the same network that has not accepted a connection by then is down.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What stands before a service's replicas may balance connections, not requests: so long it takes until one that was added has its
    /// share, and until a name that leads elsewhere is looked up again.
    /// </summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);

    /// <summary>How long neither side may send a byte; longer than any answer takes, shorter than browsers wait.</summary>
    private static readonly ForwarderRequestConfig Request = new() { ActivityTimeout = TimeSpan.FromSeconds(60) };

    public static void AddForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddCors();
        services.AddSingleton<ServiceRequestTransformer>();
        services.AddSingleton(provider =>
        {
            var connections = new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                ConnectTimeout = ConnectTimeout,
                PooledConnectionLifetime = ConnectionLifetime,
                ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            };
            HeaderBytes.KeepIn(connections);
            return new ForwardingClient(
                provider.GetRequiredService<IServiceDiscoveryHttpMessageHandlerFactory>().CreateHandler(connections));
        });
    }

    public static void MapForwarding(this WebApplication app)
    {
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = app.Services.GetRequiredService<ForwardingClient>();
        var transformer = app.Services.GetRequiredService<ServiceRequestTransformer>();
        var outages = app.Services.GetRequiredService<OutageLog>();
        var logger = app.Services.GetRequiredService<ILogger<ForwardedPath>>();

        foreach (var path in ForwardedPaths.All)
        {
            // Short-circuited: sessions, antiforgery and error pages are Web's and have no say in another service's answer.
            app.Map(path.Pattern, context => ForwardAsync(context, path)).WithMetadata(path).ShortCircuit();
        }

        async Task ForwardAsync(HttpContext context, ForwardedPath path)
        {
            context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
            if (SingleValuedHeaders.FirstRepeated(context.Request.Headers) is { } repeated)
            {
                await ForwardingErrors.RepeatedHeaderAsync(context, path, repeated);
                return;
            }

            if (!LimitedBodyStream.TryLimit(context, path.BodyLimit))
            {
                await ForwardingErrors.TooLargeAsync(context, path);
                return;
            }

            using var timeout = new ServiceTimeout(TimeProvider.System);
            context.Features.Set(timeout);
            context.Request.Body = new TimedBody(context.Request.Body, timeout);
            timeout.Start();
            var error = await forwarder.SendAsync(context, $"http://{path.Service}", client, Request, transformer, timeout.Token);
            var cause = context.GetForwarderErrorFeature()?.Exception;
            if (error is ForwarderError.None)
            {
                outages.Back(path.Service);
            }
            else if (timeout.HasElapsed || IsOutage(error, cause))
            {
                outages.Away(path.Service, cause);
                await (context.Response.HasStarted ? Task.CompletedTask : ForwardingErrors.UnavailableAsync(context, path));
            }
            else if (!context.Response.HasStarted)
            {
                await RefuseAsync(context, path, error, cause);
            }
        }

        Task RefuseAsync(HttpContext context, ForwardedPath path, ForwarderError error, Exception? cause)
        {
            switch (error)
            {
                case ForwarderError.RequestBodyClient when context.Response.StatusCode is StatusCodes.Status413PayloadTooLarge:
                    return ForwardingErrors.TooLargeAsync(context, path);

                case ForwarderError.RequestBodyClient:
                    return ForwardingErrors.UnreadableAsync(context, path, context.Response.StatusCode);

                // No address or header of the service's request could be made of the caller's.
                case ForwarderError.RequestCreation:
                    return ForwardingErrors.UnreadableAsync(context, path, StatusCodes.Status400BadRequest);

                case ForwarderError.Request or ForwarderError.ResponseHeaders:
                    Log.BadAnswer(logger, path.Service, cause?.GetBaseException().Message);
                    return ForwardingErrors.BadGatewayAsync(context, path);

                // The caller hung up.
                default:
                    return Task.CompletedTask;
            }
        }
    }

    /// <summary>
    /// The service could not be reached, did not answer in time, or its connection broke. Everything else is an answer, or the
    /// fault of a caller, and to come again would not help.
    /// </summary>
    private static bool IsOutage(ForwarderError error, Exception? cause) => error switch
    {
        ForwarderError.RequestTimedOut or ForwarderError.NoAvailableDestinations
            or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination => true,
        ForwarderError.Request => cause is HttpRequestException failure
            && (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.ProxyTunnelError
                || failure.GetBaseException() is SocketException or EndOfStreamException),
        _ => false,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Service} gave an answer that cannot be forwarded. {Cause}")]
        public static partial void BadAnswer(ILogger logger, string service, string? cause);
    }
}
