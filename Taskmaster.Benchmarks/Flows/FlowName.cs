namespace Taskmaster.Benchmarks.Flows;

internal static class FlowName
{
    public static string Of(Flow flow) => flow switch
    {
        Flow.ClientCredentials => "client credentials",
        Flow.Introspection => "introspection",
        Flow.ApiRequest => "GET 10 tasks",
        Flow.Authorize => "authorize",
        Flow.CodeFlow => "whole code flow",
        Flow.Redemption => "code redemption",
        Flow.Refresh => "refresh",
        Flow.Revocation => "revocation",
        Flow.Alive => "API without token",
        Flow.AliveWithToken => "API, token checked",
        Flow.ListTasks => "list 20 tasks",
        Flow.GetTask => "get a task",
        Flow.UpdateTask => "update a task",
        Flow.CreateTask => "create a task",
        _ => throw new ArgumentOutOfRangeException(nameof(flow)),
    };
}
