using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Taskmaster.AuthServer.Fast;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.Tests.AuthServer;

/// <summary>AuthServer's dispatcher runs the handlers that OpenIddict's own would run.</summary>
public sealed class EventDispatcherTests
{
    [Theory]
    [InlineData(Ending.None, "first, kept 1, kept by later filter 2, per request 1, last, after")]
    [InlineData(Ending.Handled, "first, kept 1, kept by later filter 2, per request 1, last")]
    [InlineData(Ending.Skipped, "first, kept 1, kept by later filter 2, per request 1, last")]
    [InlineData(Ending.Rejected, "first, kept 1, kept by later filter 2, per request 1, last")]
    public async Task Handlers_run_in_order_while_their_filters_let_them_and_nothing_has_ended_the_event(Ending end, string expected)
    {
        var stock = await RunTwiceAsync(end, services => services.AddScoped<IOpenIddictServerDispatcher, OpenIddictServerDispatcher>());
        var own = await RunTwiceAsync(
            end, services => services.AddSingleton<EventHandlers>().AddScoped<IOpenIddictServerDispatcher, EventDispatcher>());

        // What is kept counts on in the second request; what is made per request begins again.
        Assert.Equal([expected, expected.Replace("kept 1", "kept 3").Replace("filter 2", "filter 4")], own);
        Assert.Equal(stock, own);
    }

    private static async Task<string[]> RunTwiceAsync(Ending end, Action<IServiceCollection> addDispatcher)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<Passes>().AddSingleton<PassesLater>().AddSingleton<Refuses>().AddSingleton<RefusesLater>();
        services.AddSingleton<Kept>().AddScoped<PerRequest>();
        services.Configure<OpenIddictServerOptions>(options => options.Handlers.AddRange(Handlers()));
        addDispatcher(services);
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        return [await RunAsync(), await RunAsync()];

        async Task<string> RunAsync()
        {
            await using var scope = provider.CreateAsyncScope();
            var context = new Probe(new OpenIddictServerTransaction
            {
                Options = provider.GetRequiredService<IOptions<OpenIddictServerOptions>>().Value,
                Logger = NullLogger.Instance
            })
            { Ending = end };
            await scope.ServiceProvider.GetRequiredService<IOpenIddictServerDispatcher>().DispatchAsync(context);
            return string.Join(", ", context.Ran);
        }
    }

    private static IEnumerable<OpenIddictServerHandlerDescriptor> Handlers()
    {
        yield return Inline("first", 1).Build();
        yield return Builder(2).UseSingletonHandler<Kept>().AddFilter<Passes>().Build();
        yield return Builder(3).UseSingletonHandler<Kept>().AddFilter<Passes>().AddFilter<PassesLater>().AddFilter<Passes>().Build();
        yield return Inline("refused", 4).AddFilter<Passes>().AddFilter<Refuses>().Build();
        yield return Inline("refused later", 5).AddFilter<RefusesLater>().AddFilter<Passes>().Build();
        yield return Inline("refused after", 6).AddFilter<PassesLater>().AddFilter<Refuses>().Build();
        yield return Builder(7).UseScopedHandler<PerRequest>().Build();
        yield return Builder(8).UseInlineHandler(context => context.EndAsync("last")).Build();
        yield return Inline("after", 9).Build();
    }

    private static OpenIddictServerHandlerDescriptor.Builder<Probe> Builder(int order) =>
        OpenIddictServerHandlerDescriptor.CreateBuilder<Probe>().SetOrder(order);

    private static OpenIddictServerHandlerDescriptor.Builder<Probe> Inline(string name, int order) =>
        Builder(order).UseInlineHandler(context => context.RunAsync(name));

    public enum Ending
    {
        None,
        Handled,
        Skipped,
        Rejected,
    }

    public sealed class Probe(OpenIddictServerTransaction transaction) : BaseValidatingContext(transaction)
    {
        public List<string> Ran { get; } = [];

        public Ending Ending { get; init; }

        public ValueTask RunAsync(string name)
        {
            Ran.Add(name);
            return ValueTask.CompletedTask;
        }

        public async ValueTask EndAsync(string name)
        {
            await Task.Yield();
            await RunAsync(name);
            switch (Ending)
            {
                case Ending.Handled:
                    HandleRequest();
                    break;
                case Ending.Skipped:
                    SkipRequest();
                    break;
                case Ending.Rejected:
                    Reject("invalid_request");
                    break;
            }
        }
    }

    private sealed class Kept : IOpenIddictServerHandler<Probe>
    {
        private int _runs;

        public ValueTask HandleAsync(Probe context) =>
            context.RunAsync(++_runs % 2 == 1 ? $"kept {_runs}" : $"kept by later filter {_runs}");
    }

    private sealed class PerRequest : IOpenIddictServerHandler<Probe>
    {
        private int _runs;

        public ValueTask HandleAsync(Probe context) => context.RunAsync($"per request {++_runs}");
    }

    private abstract class Filter(bool passes, bool later) : IOpenIddictServerHandlerFilter<Probe>
    {
        public async ValueTask<bool> IsActiveAsync(Probe context)
        {
            if (later)
            {
                await Task.Yield();
            }

            return passes;
        }
    }

    private sealed class Passes() : Filter(passes: true, later: false);

    private sealed class PassesLater() : Filter(passes: true, later: true);

    private sealed class Refuses() : Filter(passes: false, later: false);

    private sealed class RefusesLater() : Filter(passes: false, later: true);
}
