using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// A replica that got SIGTERM goes on taking requests for the setting <c>Taskmaster:ShutdownDelay</c> (none by default): a connection
/// that a balancer or Web keeps open may have a request on its way at the very moment in which the server would close it. Meanwhile
/// each answer closes its connection, so that the next request goes to another replica, and the probes answer 404.
/// </summary>
internal sealed class ShutdownDelay : IHostedLifecycleService, IStartupFilter
{
    private const string Setting = "Taskmaster:ShutdownDelay";

    /// <summary>What is left of the host's 30 seconds is for the requests that are under way.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _delay;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _clock;

    public ShutdownDelay(IConfiguration configuration, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        (_delay, _lifetime, _clock) = (configuration.GetValue(Setting, TimeSpan.Zero), lifetime, clock);
        if (_delay < TimeSpan.Zero || _delay > Longest)
        {
            throw new InvalidOperationException($"The setting {Setting} is {_delay}. It must be between 0 and {Longest}.");
        }
    }

    private bool IsStopping => _lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Before all other middleware.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => context => IsStopping ? AnswerAsync(context, following) : following(context));
        next(app);
    };

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        _delay == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(_delay, _clock, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task AnswerAsync(HttpContext context, RequestDelegate following)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // At the last moment: an error page begins with no headers.
            context.Response.OnStarting(static state =>
            {
                ((HttpResponse)state).Headers.Connection = "close";
                return Task.CompletedTask;
            }, context.Response);
        }

        if (!Health.IsProbe(context.Request.Path))
        {
            return following(context);
        }

        // HAProxy (http-check disable-on-404) takes this status for a server that finishes what it has, any other for one that is down.
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

internal static class ShutdownDelayExtensions
{
    public static void AddShutdownDelay(this IServiceCollection services)
    {
        services.AddSingleton<ShutdownDelay>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ShutdownDelay>());
        services.AddSingleton<IStartupFilter>(provider => provider.GetRequiredService<ShutdownDelay>());
    }
}
