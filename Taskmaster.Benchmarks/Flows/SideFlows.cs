using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>Which flows a kind of side is measured with.</summary>
internal static class SideFlows
{
    private static readonly Flow[] AuthorizationServer =
    [
        Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest, Flow.Authorize,
        Flow.CodeFlow, Flow.Redemption, Flow.Refresh, Flow.Revocation,
    ];

    public static IReadOnlySet<Flow> Of(SideKind kind) => kind switch
    {
        SideKind.Floor => new HashSet<Flow> { Flow.ClientCredentials, Flow.ApiRequest },
        SideKind.AuthorizationServer => AuthorizationServer.ToHashSet(),
        SideKind.Taskmaster => new HashSet<Flow>(AuthorizationServer) { Flow.Alive, Flow.AliveWithToken },
        SideKind.WithoutShortPath => new HashSet<Flow> { Flow.ClientCredentials, Flow.Introspection, Flow.CodeFlow, Flow.Redemption },
        SideKind.Tasks => new HashSet<Flow> { Flow.ListTasks, Flow.GetTask, Flow.UpdateTask, Flow.CreateTask },
        SideKind.Connections => new HashSet<Flow> { Flow.CreateTask },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
