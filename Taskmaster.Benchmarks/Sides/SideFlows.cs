using Taskmaster.Benchmarks.Flows;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>Which flows a kind of side can be measured with.</summary>
internal static class SideFlows
{
    public static readonly IReadOnlySet<Flow> Floor = new HashSet<Flow> { Flow.ClientCredentials, Flow.ApiRequest };

    /// <summary>What the short path answers; the same server with it switched off is measured with these.</summary>
    public static readonly IReadOnlySet<Flow> ShortPath = new HashSet<Flow> { Flow.ClientCredentials, Flow.Introspection, Flow.CodeFlow, Flow.Redemption };

    public static readonly IReadOnlySet<Flow> Server = new HashSet<Flow>
    {
        Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest, Flow.Authorize, Flow.CodeFlow, Flow.Redemption, Flow.Refresh, Flow.Revocation,
    };

    /// <summary>What is done with the tasks of an account (--tasks).</summary>
    public static readonly IReadOnlySet<Flow> Tasks = new HashSet<Flow> { Flow.ListTasks, Flow.GetTask, Flow.UpdateTask, Flow.CreateTask };

    /// <summary>What the resource server answers and not the authorization server.</summary>
    public static readonly IReadOnlySet<Flow> Api = new HashSet<Flow>(Tasks) { Flow.ApiRequest, Flow.Alive, Flow.AliveWithToken };

    public static readonly IReadOnlySet<Flow> Taskmaster = new HashSet<Flow>(Server) { Flow.Alive, Flow.AliveWithToken };
}
