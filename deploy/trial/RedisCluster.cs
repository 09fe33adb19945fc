using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Taskmaster.Trial;

/// <summary>A Redis Cluster of a primary on each host, each with a replica on another, under the users of deploy/redis.</summary>
internal sealed class RedisCluster(
    string repository, string folder, StackLayout layout, Passwords passwords, CertificateAuthority? authority) : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    public int Shards => layout.Hosts.Count;

    public List<RedisNode> Nodes { get; } = [];

    /// <summary>How a service finds and trusts it.</summary>
    public string ConnectionString(string service) => string.Join(',', Nodes.Select(node => node.Address))
        + $",user={service},password={passwords[service]}" + (authority is null ? "" : ",ssl=true,sslProtocols=Tls13");

    public async Task StartAsync()
    {
        for (var i = 0; i < Shards * 2; i++)
        {
            Nodes.Add(StartNode(layout.Hosts[i % Shards]));
        }

        foreach (var node in Nodes)
        {
            await UntilAnsweringAsync(node);
        }

        await ManageAsync(["create", .. Nodes.Select(node => node.Address), "--cluster-replicas", "1", "--cluster-yes"]);
        await UntilWholeAsync();
    }

    /// <summary>Every primary forgets everything.</summary>
    public Task FlushAsync() => ManageAsync(["call", Nodes[0].Address, "FLUSHALL", "--cluster-only-masters"]);

    /// <summary>Every slot is served, and every primary has its replica.</summary>
    public async Task UntilWholeAsync() => await Wait.UntilAsync("every node has its place", async () =>
    {
        var infos = await Task.WhenAll(Nodes.Select(node => AskAsync(node, "CLUSTER INFO")));
        var states = await Task.WhenAll(Nodes.Select(node => AskAsync(node, "INFO replication")));
        return infos.All(info => info.Contains("cluster_state:ok", StringComparison.Ordinal))
            && states.Count(state => state.Contains("master_link_status:up", StringComparison.Ordinal)) == Shards
            && states.Count(state => state.Contains("connected_slaves:1", StringComparison.Ordinal)) == Shards;
    });

    /// <summary>
    /// One primary on each host again. A host that comes back has replicas only, and with two of three primaries on one host, the loss
    /// of that host leaves no majority that could choose others.
    /// </summary>
    public async Task SpreadAsync()
    {
        await UntilWholeAsync();
        foreach (var host in layout.Hosts)
        {
            var nodes = Nodes.Where(node => node.Host == host).ToList();
            var primaries = await PrimariesAsync();
            if (nodes.Intersect(primaries).Any())
            {
                continue;
            }

            foreach (var node in nodes)
            {
                var primary = await PrimaryOfAsync(node);
                if (primaries.Count(other => other.Host == primary.Host) == 2)
                {
                    await PromoteAsync(node);
                    break;
                }
            }
        }

        await UntilWholeAsync();
    }

    /// <summary>Those of the nodes that answer.</summary>
    public async Task<List<RedisNode>> PrimariesAsync()
    {
        var primaries = await Task.WhenAll(Nodes.Where(node => !node.Program!.HasEnded).Select(async node =>
            await IsPrimaryAsync(node) ? node : null));
        return [.. primaries.OfType<RedisNode>()];
    }

    /// <summary>What a replica's primary is.</summary>
    public async Task<RedisNode> PrimaryOfAsync(RedisNode replica)
    {
        var role = (await AskAsync(replica, "ROLE")).Split("\r\n");
        var at = Array.IndexOf(role, "slave");
        return at < 0
            ? throw new TrialException($"{replica.Address} is no replica:\n{string.Join('\n', role)}")
            : Nodes.Single(node => node.Address == $"{role[at + 2]}:{role[at + 3].TrimStart(':')}");
    }

    /// <summary>The answers to a command as they come, in RESP; nothing of a node that does not answer.</summary>
    /// <param name="node">Who is asked.</param>
    /// <param name="command">The command, or several in lines.</param>
    /// <param name="from">Who asks; the edge if nobody is named.</param>
    public async Task<string> AskAsync(RedisNode node, string command, Host? from = null)
    {
        using var timeout = new CancellationTokenSource(LongestAnswer);
        try
        {
            await using var stream = await ConnectAsync(node, from ?? layout.Edge, timeout.Token);
            using var reader = new StreamReader(stream);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"AUTH admin {passwords["ADMIN"]}\r\n{command}\r\nQUIT\r\n"), timeout.Token);
            return await reader.ReadToEndAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Nodes.Select(node => node.Program).OfType<RunningProgram>())
        {
            await program.DisposeAsync();
        }
    }

    private Task ManageAsync(string[] command) => layout.Edge.RunAsync(
        "redis-cli",
        [
            "--user", "admin", "--no-auth-warning", .. authority is null ? (string[])[] : ["--tls", "--cacert", authority.RootFile],
            "--cluster", .. command,
        ],
        new Dictionary<string, string> { ["REDISCLI_AUTH"] = passwords["ADMIN"] });

    private async Task<bool> IsPrimaryAsync(RedisNode node) =>
        (await AskAsync(node, "ROLE")).Contains("\nmaster", StringComparison.Ordinal);

    /// <summary>
    /// Again and again: within twice <c>cluster-node-timeout</c> of an election nobody votes for another successor of the same primary.
    /// </summary>
    private async Task PromoteAsync(RedisNode node)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        _ = await Wait.UntilAsync($"{node.Address} is a primary", async () =>
        {
            _ = await AskAsync(node, "CLUSTER FAILOVER");
            _ = await pause.WaitForNextTickAsync();
            return await IsPrimaryAsync(node);
        });
    }

    private RedisNode StartNode(Host host)
    {
        var node = new RedisNode(host, FreePort.Next());
        var data = Directory.CreateDirectory(Path.Combine(folder, $"redis-{node.Port}")).FullName;
        List<string> lines =
        [
            $"bind {host.Address}", $"dir {data}", "cluster-enabled yes", $"cluster-port {FreePort.Next()}", "cluster-node-timeout 2000",
            "cluster-require-full-coverage no",
        ];
        if (authority is null)
        {
            lines.Add($"port {node.Port}");
        }
        else
        {
            var (certificate, key) = authority.Issue($"redis-{node.Port}", host.Address);
            lines.AddRange([
                "port 0", $"tls-port {node.Port}", $"tls-cert-file {certificate}", $"tls-key-file {key}",
                $"tls-ca-cert-file {authority.RootFile}", "tls-auth-clients no", "tls-replication yes", "tls-cluster yes",
            ]);
        }

        node.Program = host.Start(
            $"redis {node.Port}", "sh", [$"{repository}/deploy/redis/start.sh", .. lines], passwords.ForRedis);
        return node;
    }

    private Task<TimeSpan> UntilAnsweringAsync(RedisNode node) => Wait.UntilAsync(
        $"Redis {node.Address} answers",
        async () => node.Program!.HasEnded
            ? throw new TrialException(node.Program.Output)
            : (await AskAsync(node, "PING")).Contains("PONG", StringComparison.Ordinal),
        () => node.Program!.Output);

    private async Task<Stream> ConnectAsync(RedisNode node, Host from, CancellationToken cancellationToken)
    {
        var connection = await from.ConnectAsync(node.Host.Address, node.Port, cancellationToken);
        if (authority is null)
        {
            return connection;
        }

        var secured = new SslStream(connection);
        await secured.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = node.Host.Address, CertificateChainPolicy = authority.NewPolicy() },
            cancellationToken);
        return secured;
    }
}
