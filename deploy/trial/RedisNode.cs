namespace Taskmaster.Trial;

/// <summary>A redis-server of the cluster.</summary>
internal sealed class RedisNode(Host host, int port)
{
    public Host Host => host;

    public int Port => port;

    public string Address => $"{host.Address}:{port}";

    public RunningProgram? Program { get; set; }
}
