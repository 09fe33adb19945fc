using Taskmaster.Benchmarks.Load;
using Taskmaster.Benchmarks.Sides;

namespace Taskmaster.Benchmarks.Flows;

/// <summary>The requests of each flow, the same for every side.</summary>
internal static class FlowSteps
{
    // The pair of RFC 7636 Appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static readonly string _redirectUri = Uri.EscapeDataString(ClientAccount.RedirectUri);

    /// <summary>The flow's requests; <paramref name="token"/> is a live access token, for those that present one again and again.</summary>
    public static IReadOnlyList<LoadStep> Of(Flow flow, Side side, string token) => flow switch
    {
        Flow.ClientCredentials => [Post(side, "token", "grant_type=client_credentials", "access_token")],
        Flow.Introspection => [Post(side, "introspect", $"token={token}", "client_id")],
        Flow.ApiRequest => [Get(side, "/api/tasks", $"Authorization: Bearer {token}\r\n")],
        Flow.Authorize => [Authorize(side, "openid profile email offline_access")],
        Flow.CodeFlow => [Authorize(side, "openid profile email"), Redeem(side, "{code}", "id_token")],
        Flow.Redemption => [Redeem(side, "{value}", "access_token", "id_token", "refresh_token")],
        Flow.Refresh => [Post(side, "token", "grant_type=refresh_token&refresh_token={value}", "access_token", "refresh_token")],
        Flow.Revocation => [Post(side, "revoke", "token={value}")],
        Flow.Alive => [Get(side, "/alive", string.Empty)],
        Flow.AliveWithToken => [Get(side, "/alive", $"Authorization: Bearer {token}\r\n")],
        Flow.ListTasks => [Get(side, "/api/tasks?limit=20", $"Authorization: Bearer {token}\r\n")],
        Flow.GetTask => [Get(side, "/api/tasks/{value}", $"Authorization: Bearer {token}\r\n")],
        Flow.UpdateTask => [Json(side, "PATCH /api/tasks/{value}", token, """{"status":"in_progress"}""", 200)],
        Flow.CreateTask => [Json(side, "POST /api/tasks", token, side.Tasks!.NewTask, 201)],
        _ => throw new ArgumentOutOfRangeException(nameof(flow)),
    };

    /// <summary>The authorize request as a browser's address.</summary>
    public static string AuthorizePath(Side side, string scope) => AuthorizePath(side.Client.ClientId, _redirectUri, scope);

    public static string AuthorizePath(string clientId, string redirectUri, string scope) =>
        $"/oauth2/authorize?response_type=code&client_id={clientId}&redirect_uri={redirectUri}&scope={Uri.EscapeDataString(scope)}"
        + $"&state=af0ifjsldkj&nonce={NonceOf(scope)}&code_challenge={Challenge}&code_challenge_method=S256";

    public static IReadOnlyDictionary<string, string> RedeemForm(string code, string redirectUri) => new Dictionary<string, string>
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = redirectUri,
        ["code_verifier"] = Verifier,
    };

    // oidc-provider drops offline_access unless it asks for consent each time; there the nonce tells it instead.
    private static string NonceOf(string scope) => scope.Contains("offline_access", StringComparison.Ordinal) ? "offline-access" : "n-0S6_WzA2Mj";

    private static LoadStep Authorize(Side side, string scope) => new(
        $"GET {AuthorizePath(side, scope)} HTTP/1.1\r\nHost: 127.0.0.1:{side.Port}\r\nAccept: text/html\r\nCookie: {side.Cookie}\r\n",
        null,
        side.AuthorizeStatus,
        "code");

    private static LoadStep Redeem(Side side, string code, params string[] captures) =>
        Post(side, "token", $"grant_type=authorization_code&code={code}&redirect_uri={_redirectUri}&code_verifier={Verifier}", captures);

    private static LoadStep Post(Side side, string endpoint, string body, params string[] captures) => new(
        $"POST /oauth2/{endpoint} HTTP/1.1\r\nHost: 127.0.0.1:{side.Port}\r\nAuthorization: Basic {side.Client.Basic}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
        body,
        200,
        captures);

    private static LoadStep Json(Side side, string methodAndPath, string token, string body, int status) => new(
        $"{methodAndPath} HTTP/1.1\r\nHost: 127.0.0.1:{side.ApiPort}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n",
        body,
        status);

    private static LoadStep Get(Side side, string path, string headers) =>
        new($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{side.ApiPort}\r\n{headers}", null, 200);
}
