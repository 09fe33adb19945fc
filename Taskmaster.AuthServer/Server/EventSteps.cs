using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Server;

/// <summary>
/// Places handlers of ours among OpenIddict's for one event. Handlers with the same place run in the order in which they are
/// named. A handler is a singleton unless <c>scoped</c> says that it needs the services of its request.
/// </summary>
internal sealed class EventSteps<TContext>(OpenIddictServerBuilder server) where TContext : BaseContext
{
    // OpenIddict's own handlers are a thousand apart, those of the token store and of ASP.NET Core at least five hundred.
    private const int Beside = 100;
    private const int Apart = 10;
    private const int BeforeAllOfOpenIddict = int.MinValue + 50_000;

    // OpenIddict decides on the answer below this order, and writes it from 100,000 on.
    private const int BetweenDecidingAndWriting = 50_000;
    private const int AfterAllOfOpenIddict = int.MaxValue - 100_000;

    /// <summary>How many handlers were added at each order so far.</summary>
    private readonly Dictionary<int, int> _named = [];

    public EventSteps<TContext> First<THandler>(bool scoped = false) where THandler : class, IOpenIddictServerHandler<TContext> =>
        Add<THandler>(BeforeAllOfOpenIddict, scoped);

    public EventSteps<TContext> Before<THandler>(OpenIddictServerHandlerDescriptor theirs, bool scoped = false)
        where THandler : class, IOpenIddictServerHandler<TContext> => Add<THandler>(theirs.Order - Beside, scoped);

    /// <summary>The handler runs only for requests that <typeparamref name="TFilter"/> lets through.</summary>
    public EventSteps<TContext> Before<THandler, TFilter>(OpenIddictServerHandlerDescriptor theirs, bool scoped = false)
        where THandler : class, IOpenIddictServerHandler<TContext>
        where TFilter : class, IOpenIddictServerHandlerFilter<TContext> =>
        Add<THandler>(theirs.Order - Beside, scoped, handler => handler.AddFilter<TFilter>());

    public EventSteps<TContext> After<THandler>(OpenIddictServerHandlerDescriptor theirs, bool scoped = false)
        where THandler : class, IOpenIddictServerHandler<TContext> => Add<THandler>(theirs.Order + Beside, scoped);

    /// <summary>The handler runs only for requests that <typeparamref name="TFilter"/> lets through.</summary>
    public EventSteps<TContext> After<THandler, TFilter>(OpenIddictServerHandlerDescriptor theirs, bool scoped = false)
        where THandler : class, IOpenIddictServerHandler<TContext>
        where TFilter : class, IOpenIddictServerHandlerFilter<TContext> =>
        Add<THandler>(theirs.Order + Beside, scoped, handler => handler.AddFilter<TFilter>());

    /// <summary>Adds the handler of an event for which OpenIddict has none: what the application has to do itself.</summary>
    public EventSteps<TContext> Here<THandler>(bool scoped = false) where THandler : class, IOpenIddictServerHandler<TContext> =>
        Add<THandler>(0, scoped);

    /// <summary>Runs after OpenIddict has decided on the response and before it writes any of it.</summary>
    public EventSteps<TContext> BeforeWriting<THandler>() where THandler : class, IOpenIddictServerHandler<TContext> =>
        Add<THandler>(BetweenDecidingAndWriting, scoped: false);

    public EventSteps<TContext> Last<THandler>(bool scoped = false) where THandler : class, IOpenIddictServerHandler<TContext> =>
        Add<THandler>(AfterAllOfOpenIddict, scoped);

    public EventSteps<TContext> InPlaceOf<THandler>(OpenIddictServerHandlerDescriptor theirs)
        where THandler : class, IOpenIddictServerHandler<TContext>
    {
        _ = server.RemoveEventHandler(theirs);
        return Add<THandler>(theirs.Order, scoped: false);
    }

    /// <summary>Removes handlers that OpenIddict registered.</summary>
    public EventSteps<TContext> Without(params ReadOnlySpan<OpenIddictServerHandlerDescriptor> theirs)
    {
        foreach (var descriptor in theirs)
        {
            _ = server.RemoveEventHandler(descriptor);
        }

        return this;
    }

    private EventSteps<TContext> Add<THandler>(
        int order, bool scoped, Action<OpenIddictServerHandlerDescriptor.Builder<TContext>>? filter = null)
        where THandler : class, IOpenIddictServerHandler<TContext>
    {
        var named = _named.GetValueOrDefault(order);
        _named[order] = named + 1;
        _ = server.AddEventHandler<TContext>(handler =>
        {
            _ = scoped ? handler.UseScopedHandler<THandler>() : handler.UseSingletonHandler<THandler>();
            filter?.Invoke(handler);
            _ = handler.SetOrder(order + (named * Apart));
        });
        return this;
    }
}
