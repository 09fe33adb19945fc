using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Taskmaster.Trial;

/// <summary>HAProxy at the edge, as deploy/haproxy has it: in front of Web, and between Web and the services.</summary>
internal sealed class Balancer(string repository, string folder, Host edge) : IAsyncDisposable
{
    /// <summary>As deploy/haproxy/taskmaster.cfg says it in its example.</summary>
    private const string Public = """
          option forwardfor
          option http-buffer-request
          timeout server 2900ms
          http-request set-timeout server 60s if { path /api/events /tasks/events }

        """;

    private readonly Dictionary<string, int> _ports = Replicas.Names.ToDictionary(name => name, _ => FreePort.Next());
    private RunningProgram? _program;

    public Uri AddressOf(string service) => new($"http://{edge.Address}:{_ports[service]}");

    public async Task StartAsync(IReadOnlyList<Replica> replicas)
    {
        var configuration = new StringBuilder($"global\n  stats socket {folder}/haproxy level admin\n");
        foreach (var name in Replicas.Names)
        {
            _ = configuration.AppendLine(CultureInfo.InvariantCulture, $"listen {name}\n  bind {edge.Address}:{_ports[name]}");
            _ = configuration.Append("  http-request disable-l7-retry unless METH_GET\n");
            _ = configuration.Append(name == "web" ? Public : "");
            foreach (var replica in replicas.Where(replica => replica.Service == name))
            {
                var address = $"{replica.Host.Address}:{replica.Port}";
                _ = configuration.AppendLine(CultureInfo.InvariantCulture, $"  server {replica.Name} {address} check");
                _ = configuration.AppendLine(CultureInfo.InvariantCulture, $"  server {replica.Name}-anyway {address} backup");
            }
        }

        await File.WriteAllTextAsync($"{folder}/listen.cfg", configuration.ToString());
        _program = edge.Start(
            "haproxy", "haproxy", ["-db", "-f", $"{repository}/deploy/haproxy/taskmaster.cfg", "-f", $"{folder}/listen.cfg"]);
        await Wait.UntilAsync("HAProxy answers", () => Task.FromResult(File.Exists($"{folder}/haproxy")), () => _program.Output);
    }

    /// <summary>No request goes to the replica from now on. Those it has taken it still answers.</summary>
    public async Task DrainAsync(Replica replica) => await AskAsync($"set server {replica.Service}/{replica.Name} state drain");

    public async Task BringBackAsync(Replica replica) => await AskAsync($"set server {replica.Service}/{replica.Name} state ready");

    /// <summary>Whether it sends the replica requests.</summary>
    public async Task<bool> IsUsingAsync(Replica replica) => (await AskAsync($"show servers state {replica.Service}")).Split('\n')
        .Any(line => line.Contains($" {replica.Name} ", StringComparison.Ordinal) && line.Split(' ')[5] == "2");

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }

    private async Task<string> AskAsync(string command)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint($"{folder}/haproxy"));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
