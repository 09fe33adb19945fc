using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>The requests of each flow, the same for every side.</summary>
internal static class FlowSteps
{
    /// <summary>
    /// The flow's requests; <paramref name="token"/> is a live access token, for those that present one again and again.
    /// </summary>
    public static IReadOnlyList<LoadStep> Of(Flow flow, Side side, string token) => flow switch
    {
        Flow.ClientCredentials => [Post(side, "token", "grant_type=client_credentials", "access_token")],
        Flow.Introspection => [Post(side, "introspect", $"token={token}", "client_id")],
        Flow.ApiRequest => [Get(side, "/api/tasks", token)],
        Flow.Authorize => [Authorize(side, ClientAccount.AllScopes)],
        Flow.CodeFlow => CodeFlow(side),
        Flow.CodeFlowEs256 => CodeFlow(side with { Client = side.Es256Client! }),
        Flow.Redemption => [Post(side, "token", side.Client.RedeemForm("{value}"), [.. OfSignIn(side), "refresh_token"])],
        Flow.Refresh => [Post(side, "token", "grant_type=refresh_token&refresh_token={value}", "access_token", "refresh_token")],
        Flow.Revocation => [Post(side, "revoke", "token={value}")],
        Flow.Alive => [Get(side, "/alive", token: null)],
        Flow.AliveWithToken => [Get(side, "/alive", token)],
        Flow.AliveWithProof => [new(
            Head("GET /alive", side.ApiPort, Authorization("DPoP", token), "DPoP: {value}"), null, 200)],
        Flow.ListTasks => [Get(side, "/api/tasks?limit=20", token)],
        Flow.GetTask => [Get(side, "/api/tasks/{value}", token)],
        Flow.UpdateTask => [Json(side, "PATCH /api/tasks/{value}", token, """{"status":"in_progress"}""", 200)],
        Flow.CreateTask => [Json(side, "POST /api/tasks", token, side.Tasks!.NewTask, 201)],
        _ => throw new ArgumentOutOfRangeException(nameof(flow)),
    };

    private static LoadStep[] CodeFlow(Side side) =>
        [Authorize(side, ClientAccount.SignInScopes), Post(side, "token", side.Client.RedeemForm("{code}"), OfSignIn(side))];

    /// <summary>What a code must buy.</summary>
    private static string[] OfSignIn(Side side) => side.HasIdTokens ? ["access_token", "id_token"] : ["access_token"];

    private static LoadStep Authorize(Side side, string scope) => new(
        Head("GET " + side.Client.AuthorizePath(scope), side.Port, "Accept: text/html", $"Cookie: {side.Cookie}"),
        null,
        side.AuthorizeStatus,
        "code");

    private static LoadStep Post(Side side, string endpoint, string body, params string[] captures) => new(
        Head(
            $"POST /oauth2/{endpoint}",
            side.Port,
            Authorization("Basic", side.Client.Basic),
            ContentType("application/x-www-form-urlencoded")),
        body,
        200,
        captures);

    private static LoadStep Json(Side side, string methodAndPath, string token, string body, int status) => new(
        Head(methodAndPath, side.ApiPort, Authorization("Bearer", token), ContentType("application/json")), body, status);

    private static LoadStep Get(Side side, string path, string? token) =>
        new(Head("GET " + path, side.ApiPort, token is null ? [] : [Authorization("Bearer", token)]), null, 200);

    private static string Authorization(string scheme, string credentials) => $"Authorization: {scheme} {credentials}";

    private static string ContentType(string type) => "Content-Type: " + type;

    private static string Head(string methodAndPath, int port, params IEnumerable<string> headers) =>
        string.Concat([$"{methodAndPath} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n", .. headers.Select(header => header + "\r\n")]);
}
