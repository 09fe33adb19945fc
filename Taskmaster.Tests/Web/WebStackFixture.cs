namespace Taskmaster.Tests.Web;

/// <summary>One Web on its stack for the tests of a class that leave it as it was.</summary>
public sealed class WebStackFixture : IAsyncLifetime
{
    private readonly Lazy<WebFactory> _web;
    private readonly Lazy<Uri> _origin;

    public WebStackFixture()
    {
        _web = new(() => Stack.NewWeb());
        _origin = new(() => Stack.NewWeb().Listen());
    }

    internal WebStack Stack { get; private set; } = null!;

    /// <summary>In process.</summary>
    internal WebFactory Web => _web.Value;

    /// <summary>Over real sockets.</summary>
    internal Uri Origin => _origin.Value;

    public async Task InitializeAsync() => Stack = await WebStack.StartAsync();

    public async Task DisposeAsync() => await Stack.DisposeAsync();
}
