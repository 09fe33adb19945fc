using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>Which flows a side is measured with.</summary>
internal static class SideFlows
{
    private static readonly Flow[] AuthorizationServer =
    [
        Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest, Flow.Authorize,
        Flow.CodeFlow, Flow.CodeFlowEs256, Flow.Redemption, Flow.Refresh, Flow.Revocation,
    ];

    public static IReadOnlySet<Flow> Of(Side side) => OfKind(side.Kind)
        .Where(flow => flow is not Flow.CodeFlowEs256 || side.Es256Client is not null)
        .ToHashSet();

    private static Flow[] OfKind(SideKind kind) => kind switch
    {
        SideKind.Floor => [Flow.ClientCredentials, Flow.ApiRequest, Flow.CodeFlow, Flow.Refresh],
        SideKind.AuthorizationServer => AuthorizationServer,
        SideKind.Taskmaster => [.. AuthorizationServer, Flow.Alive, Flow.AliveWithToken, Flow.AliveWithProof],
        SideKind.WithoutShortPath => [Flow.ClientCredentials, Flow.Introspection, Flow.CodeFlow, Flow.Refresh],
        SideKind.PublicOrigin or SideKind.Stock =>
            [Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest, Flow.CodeFlow, Flow.Refresh],
        SideKind.WithoutApi => [Flow.ClientCredentials, Flow.Introspection, Flow.CodeFlow, Flow.Refresh],
        SideKind.CodesOnly => [Flow.CodeFlow, Flow.Refresh],
        SideKind.Tls => [Flow.ClientCredentials, Flow.Introspection, Flow.ApiRequest],
        SideKind.WithTelemetry => [Flow.ClientCredentials, Flow.ApiRequest],
        SideKind.TwoCores => [Flow.ClientCredentials],
        SideKind.OtherStore => [Flow.ClientCredentials, Flow.ApiRequest, Flow.CodeFlow],
        SideKind.Tasks => [Flow.ListTasks, Flow.GetTask, Flow.UpdateTask, Flow.CreateTask],
        SideKind.TaskWrites => [Flow.UpdateTask, Flow.CreateTask],
        SideKind.Connections => [Flow.CreateTask],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
