using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.ServiceDiscovery.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Taskmaster.Web.Forwarding;

/// <summary>Makes Web the one public origin: hands the <see cref="ForwardedPaths"/> to the services behind it.</summary>
internal static class ForwardingExtensions
{
    /// <summary>A service on the same network that has not accepted a connection by then is down.</summary>
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long neither side may send a byte; longer than any answer takes, shorter than browsers wait.</summary>
    private static readonly ForwarderRequestConfig _request = new() { ActivityTimeout = TimeSpan.FromSeconds(60) };

    public static void AddForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<ServiceRequestTransformer>();
        services.AddSingleton(provider => new ForwardingClient(
            provider.GetRequiredService<IServiceDiscoveryHttpMessageHandlerFactory>().CreateHandler(new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                ConnectTimeout = _connectTimeout,
                ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            })));
    }

    public static void MapForwarding(this IEndpointRouteBuilder endpoints)
    {
        foreach (var path in ForwardedPaths.All)
        {
            // Short-circuited: sessions, antiforgery and error pages are Web's and have no say in another service's answer.
            endpoints.Map(path.Pattern, (HttpContext context, IHttpForwarder forwarder, ForwardingClient client, ServiceRequestTransformer transformer) =>
                    ForwardAsync(context, path, forwarder, client, transformer))
                .WithMetadata(path)
                .ShortCircuit();
        }
    }

    private static async Task ForwardAsync(
        HttpContext context, ForwardedPath path, IHttpForwarder forwarder, ForwardingClient client, ServiceRequestTransformer transformer)
    {
        var pages = context.Features.Get<IStatusCodePagesFeature>();
        pages?.Enabled = false;

        using var patience = new ServicePatience(TimeProvider.System);
        context.Features.Set(patience);
        context.Request.Body = new PatientBody(context.Request.Body, patience);
        patience.ServicesTurn();
        var error = await forwarder.SendAsync(context, $"http://{path.Service}", client, _request, transformer, patience.End);
        if (!(IsOutage(error) || patience.IsOver) || context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Outage.RetryAfter;
        if (path.Outage is null || IsNavigation(context.Request))
        {
            pages?.Enabled = true;
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(path.Outage, context.RequestAborted);
    }

    /// <summary>A person follows a link: they get a page, a program gets JSON.</summary>
    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The service's fault, and not that of a caller who hung up or sent half a body.</summary>
    private static bool IsOutage(ForwarderError error) => error is
        ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestCreation
        or ForwarderError.NoAvailableDestinations or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders;
}
