namespace Taskmaster.Benchmarks.Flows;

/// <summary>What each of Taskmaster's flows may ask of its stores.</summary>
internal static class FlowBudget
{
    public static readonly IReadOnlyDictionary<Flow, int> RoundTrips = new Dictionary<Flow, int>
    {
        [Flow.ClientCredentials] = 1,
        [Flow.Authorize] = 1,
        [Flow.Redemption] = 2,
        [Flow.Refresh] = 2,
        [Flow.Introspection] = 1,
        [Flow.Revocation] = 2,
        [Flow.ApiRequest] = 1,
    };

    /// <summary>The authorize endpoint asks for the session with user and consent, the API for its tasks; no other flow asks Postgres.</summary>
    public static int Sql(Flow flow) => flow is Flow.Authorize or Flow.ApiRequest ? 1 : 0;
}
