using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Taskmaster.AuthServer.AuthorizationServer;

/// <summary>OpenIddict's handlers by the event they handle, in their order.</summary>
internal sealed class EventHandlers(IOptions<OpenIddictServerOptions> options)
{
    private readonly ConcurrentDictionary<Type, OpenIddictServerHandlerDescriptor[]> _byEvent = [];

    // The options are complete when they are first asked for, and never changed: their list is not looked through again.
    public OpenIddictServerHandlerDescriptor[] Of<TContext>() =>
        _byEvent.GetOrAdd(typeof(TContext), static (type, all) => [.. all.Where(handler => handler.ContextType == type)], options.Value.Handlers);
}
