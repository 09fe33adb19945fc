using Microsoft.Extensions.Logging;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Web;

/// <summary>What Web needs around it: a Redis of its own, and stubs of the two services. Makes any number of Webs on them.</summary>
internal sealed class WebStack : IAsyncDisposable
{
    private readonly List<WebFactory> _webs = [];
    private readonly KeysInMemory _keys = new();

    private WebStack(StubAuthServer authServer, StubService tasksApi) => (AuthServer, TasksApi) = (authServer, tasksApi);

    public RedisProcess Redis { get; } = new();

    public StubAuthServer AuthServer { get; }

    public StubService TasksApi { get; }

    public MovedClock Clock { get; } = new();

    public static async Task<WebStack> StartAsync(string origin = "http://localhost")
    {
        var stack = new WebStack(await StubAuthServer.StartAsync(origin), await StubService.StartAsync());
        stack.Redis.Start();

        // It listens a moment after it was started.
        await using var connection = await TokenRedis.ConnectAsync(TokenRedis.Configure([stack.Redis.Address]));
        return stack;
    }

    /// <summary>A replica: same Redis, same keys, same clock.</summary>
    public WebFactory NewWeb(string origin = "http://localhost", string? authServer =
        null, string? tasksApi = null, ILoggerProvider? logs = null, params (string Name, string Value)[] settings)
    {
        var web = new WebFactory(Redis.Address, authServer ?? AuthServer.Address, tasksApi ?? TasksApi.Address)
        {
            Origin = origin,
            Keys = _keys,
            Clock = Clock,
            Logs = logs,
        };
        foreach (var (name, value) in settings)
        {
            web.Settings[name] = value;
        }

        _webs.Add(web);
        return web;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var web in _webs)
        {
            await web.DisposeAsync();
        }

        await AuthServer.DisposeAsync();
        await TasksApi.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
