namespace Taskmaster.Benchmarks.Flows;

/// <summary>What is measured.</summary>
internal enum Flow
{
    /// <summary>A token by client credentials (RFC 6749 §4.4).</summary>
    ClientCredentials,

    /// <summary>Introspection of a live token by the client it was issued to (RFC 7662).</summary>
    Introspection,

    /// <summary>GET of 10 tasks with a token, from the resource server.</summary>
    ApiRequest,

    /// <summary>The authorize endpoint with session and consent, to the redirect with the code.</summary>
    Authorize,

    /// <summary>Authorize, then redeem for an access token and an id_token.</summary>
    CodeFlow,

    /// <summary>The same for a client whose id_tokens are signed by ES256.</summary>
    CodeFlowEs256,

    /// <summary>Redeeming a code prepared before, for an access token, an id_token and a refresh token.</summary>
    Redemption,

    /// <summary>Using a refresh token prepared before, once (RFC 6749 §6).</summary>
    Refresh,

    /// <summary>Revoking an access token prepared before (RFC 7009).</summary>
    Revocation,

    /// <summary>An endpoint of the API that does nothing.</summary>
    Alive,

    /// <summary>The same endpoint with a bearer token, which the API checks before: the difference is the check.</summary>
    AliveWithToken,

    /// <summary>
    /// The same with a token that is bound to a key, and a proof by that key: the difference is what a proof costs (RFC 9449).
    /// </summary>
    AliveWithProof,

    /// <summary>The first 20 tasks of an account, with a token.</summary>
    ListTasks,

    /// <summary>One task by its id.</summary>
    GetTask,

    /// <summary>PATCH of one task's status.</summary>
    UpdateTask,

    /// <summary>POST of a task.</summary>
    CreateTask,
}
