using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Fast;

/// <summary>OpenIddict's handlers by the event they handle, in their order.</summary>
internal sealed class EventHandlers(IOptions<OpenIddictServerOptions> options, IServiceProvider services)
{
    private readonly ConcurrentDictionary<Type, Array> _byEvent = [];

    // The options are complete when they are first asked for, and never changed: their list is not looked through again.
    public BoundHandler<TContext>[] Of<TContext>() where TContext : BaseContext =>
        (BoundHandler<TContext>[])_byEvent.GetOrAdd(
            typeof(TContext),
            static (type, all) => all.Handlers.Where(handler => handler.ContextType == type)
                .Select(handler => new BoundHandler<TContext>(handler, all.services))
                .ToArray(),
            (options.Value.Handlers, services));
}
