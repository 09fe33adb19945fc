namespace Taskmaster.Benchmarks.Flows;

/// <summary>What is known of each flow before it is measured.</summary>
internal static class FlowFacts
{
    private static readonly Dictionary<Flow, string> Names = new()
    {
        [Flow.ClientCredentials] = "client credentials",
        [Flow.Introspection] = "introspection",
        [Flow.ApiRequest] = "GET 10 tasks",
        [Flow.Authorize] = "authorize",
        [Flow.CodeFlow] = "whole code flow",
        [Flow.CodeFlowEs256] = "whole code flow, ES256",
        [Flow.Redemption] = "code redemption",
        [Flow.Refresh] = "refresh",
        [Flow.Revocation] = "revocation",
        [Flow.Alive] = "API without token",
        [Flow.AliveWithToken] = "API, token checked",
        [Flow.AliveWithProof] = "API, token and proof checked",
        [Flow.ListTasks] = "list 20 tasks",
        [Flow.GetTask] = "get a task",
        [Flow.UpdateTask] = "update a task",
        [Flow.CreateTask] = "create a task",
    };

    /// <summary>
    /// What each of Taskmaster's flows may ask of its stores. The authorize endpoint asks Postgres for the session with
    /// user and consent, the API for its tasks.
    /// </summary>
    private static readonly Dictionary<Flow, (int RoundTrips, int Sql)> Budgets = new()
    {
        [Flow.ClientCredentials] = (1, 0),
        [Flow.Authorize] = (1, 1),
        [Flow.Redemption] = (2, 0),
        [Flow.Refresh] = (2, 0),
        [Flow.Introspection] = (1, 0),
        [Flow.Revocation] = (2, 0),
        [Flow.ApiRequest] = (1, 1),
    };

    /// <summary>The flows whose round trips and SQL are counted, in that order.</summary>
    public static IEnumerable<Flow> Counted => Budgets.Keys;

    public static string Name(this Flow flow) => Names[flow];

    public static (int RoundTrips, int Sql) Budget(this Flow flow) => Budgets[flow];

    // Few enough for updates that no two meet at one task, even of ten: waiting for each other is not what is measured.
    public static int Connections(this Flow flow) => flow switch
    {
        Flow.Authorize or Flow.CodeFlow or Flow.CodeFlowEs256 or Flow.Redemption => 8,
        Flow.UpdateTask => 4,
        _ => 16,
    };

    /// <summary>Whether each of it needs a code, a token or an id of its own.</summary>
    public static bool TakesValues(this Flow flow) =>
        flow is Flow.Redemption or Flow.Refresh or Flow.Revocation or Flow.AliveWithProof or Flow.GetTask or Flow.UpdateTask;

    /// <summary>Whether the resource server answers it and not the authorization server.</summary>
    public static bool IsOfApi(this Flow flow) => flow is Flow.ApiRequest or Flow.Alive or Flow.AliveWithToken
        or Flow.AliveWithProof or Flow.ListTasks or Flow.GetTask or Flow.UpdateTask or Flow.CreateTask;
}
