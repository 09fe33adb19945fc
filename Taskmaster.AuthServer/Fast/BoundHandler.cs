using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// One handler with the filters that say when it runs. What all requests share, every filter and most handlers, is taken
/// from the services once, as delegates: OpenIddict's interfaces are generic, and each call through one is looked up.
/// </summary>
internal sealed class BoundHandler<TContext>(OpenIddictServerHandlerDescriptor descriptor, IServiceProvider services)
    where TContext : BaseContext
{
    private readonly Func<TContext, ValueTask<bool>>[] _filters =
        [.. descriptor.FilterTypes.Select(type =>
            (Func<TContext, ValueTask<bool>>)((IOpenIddictServerHandlerFilter<TContext>)services.GetRequiredService(type)).IsActiveAsync)];

    private readonly Func<TContext, ValueTask>? _shared = descriptor.ServiceDescriptor switch
    {
        { ImplementationInstance: IOpenIddictServerHandler<TContext> handler } => handler.HandleAsync,
        { Lifetime: ServiceLifetime.Singleton } => Resolve(descriptor, services).HandleAsync,
        _ => null,
    };

    public ValueTask<bool> IsActiveAsync(TContext context)
    {
        for (var index = 0; index < _filters.Length; index++)
        {
            var active = _filters[index](context);
            if (!active.IsCompletedSuccessfully)
            {
                return GoOnAsync(active, index, context);
            }

            if (!active.Result)
            {
                return ValueTask.FromResult(false);
            }
        }

        return ValueTask.FromResult(true);
    }

    /// <summary>Runs the handler, of <paramref name="scope"/> if each request has one of its own.</summary>
    public ValueTask HandleAsync(TContext context, IServiceProvider scope) =>
        _shared is not null ? _shared(context) : Resolve(descriptor, scope).HandleAsync(context);

    private async ValueTask<bool> GoOnAsync(ValueTask<bool> active, int index, TContext context)
    {
        while (await active)
        {
            if (++index == _filters.Length)
            {
                return true;
            }

            active = _filters[index](context);
        }

        return false;
    }

    private static IOpenIddictServerHandler<TContext> Resolve(OpenIddictServerHandlerDescriptor descriptor, IServiceProvider services) =>
        (IOpenIddictServerHandler<TContext>)services.GetRequiredService(descriptor.ServiceDescriptor.ServiceType);
}
