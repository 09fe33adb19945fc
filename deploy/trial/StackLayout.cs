namespace Taskmaster.Trial;

/// <summary>Where the parts of a <see cref="ReplicaStack"/> run.</summary>
/// <param name="Edge">Balancer, Postgres, pooler and callers.</param>
/// <param name="Hosts">Three, each with a Redis primary and the replica of another's.</param>
/// <param name="ReplicasOf">How many replicas a service has; they are dealt out to the hosts in turn.</param>
/// <param name="UsesTls">Whether the stores are reached by TLS alone.</param>
internal sealed record StackLayout(Host Edge, IReadOnlyList<Host> Hosts, Func<string, int> ReplicasOf, bool UsesTls = false)
{
    /// <summary>All on this machine, without TLS.</summary>
    public static StackLayout OneMachine(Func<string, int> replicasOf) =>
        new(Host.This, [Host.This, Host.This, Host.This], replicasOf);

    /// <summary>One replica of each service on each host, and TLS for the stores.</summary>
    public static StackLayout ThreeHosts(HostNetwork network) => new(network.Edge, network.Hosts, _ => network.Hosts.Count, UsesTls: true);
}
