namespace Taskmaster.Trial;

/// <summary>
/// Three hosts and the edge between them and their callers, each a network namespace; needs root. A bridge inside the edge connects
/// them, so that this machine's own network stays as it is.
/// </summary>
internal sealed class HostNetwork : IAsyncDisposable
{
    private const string Network = "10.213.77";
    private const string Bridge = "bridge";

    private readonly string _prefix = $"taskmaster-{Environment.ProcessId}";
    private readonly List<string> _namespaces = [];

    public HostNetwork()
    {
        Edge = new("edge", $"{Network}.1", $"{_prefix}-edge");
        Hosts = [.. Enumerable.Range(1, 3)
            .Select(number => new Host($"host-{number}", $"{Network}.{10 + number}", $"{_prefix}-{number}"))];
    }

    /// <summary>Where a managed database and load balancer would be, and callers.</summary>
    public Host Edge { get; }

    public IReadOnlyList<Host> Hosts { get; }

    public async Task CreateAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new TrialException("Hosts are network namespaces, which only root makes.");
        }

        var edge = $"{_prefix}-edge";
        await AddNamespaceAsync(edge);
        await IpAsync("-n", edge, "link", "add", Bridge, "type", "bridge");
        await IpAsync("-n", edge, "address", "add", $"{Edge.Address}/24", "dev", Bridge);
        await IpAsync("-n", edge, "link", "set", Bridge, "up");
        foreach (var (index, host) in Hosts.Index())
        {
            var name = $"{_prefix}-{index + 1}";
            await AddNamespaceAsync(name);
            await IpAsync("-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", host.Name, "netns", edge);
            await IpAsync("-n", name, "address", "add", $"{host.Address}/24", "dev", "eth0");
            await IpAsync("-n", name, "link", "set", "eth0", "up");
            await IpAsync("-n", edge, "link", "set", host.Name, "master", Bridge, "up");
        }
    }

    /// <summary>Nothing comes from the host or reaches it any more. No connection is closed.</summary>
    public Task CutAsync(Host host) => IpAsync("-n", $"{_prefix}-edge", "link", "set", host.Name, "down");

    public Task ReconnectAsync(Host host) => IpAsync("-n", $"{_prefix}-edge", "link", "set", host.Name, "up");

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _namespaces)
        {
            await IpAsync("netns", "delete", name);
        }
    }

    private async Task AddNamespaceAsync(string name)
    {
        await IpAsync("netns", "add", name);
        _namespaces.Add(name);
        await IpAsync("-n", name, "link", "set", "lo", "up");
    }

    private static Task IpAsync(params string[] command) => Host.This.RunAsync("ip", command);
}
