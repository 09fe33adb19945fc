using System.Text;

namespace Taskmaster.Benchmarks.Sides;

/// <summary>A confidential client, and the requests of its authorization code flow.</summary>
internal sealed record ClientAccount(string ClientId, string ClientSecret, string RedirectUri)
{
    /// <summary>What the measured client asks its user for.</summary>
    public const string AllScopes = "openid profile email offline_access";

    /// <summary>What a whole code flow asks for.</summary>
    public const string SignInScopes = "openid profile email";

    public const string MeasuredRedirectUri = "https://client.example.com/callback";

    /// <summary>For the sides whose registrations this program writes itself.</summary>
    public static readonly ClientAccount Fixed =
        new("benchmark", "benchmark-secret-0123456789-abcdefghijklmnopqrstuvwxyz", MeasuredRedirectUri);

    // The pair of RFC 7636 Appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// <summary>RFC 6749 §2.3.1; neither part needs encoding.</summary>
    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));

    /// <summary>The authorize request as a browser's address.</summary>
    public string AuthorizePath(string scope) =>
        $"/oauth2/authorize?response_type=code&client_id={ClientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}"
        + $"&scope={Uri.EscapeDataString(scope)}&state=af0ifjsldkj&nonce={NonceOf(scope)}"
        + $"&code_challenge={Challenge}&code_challenge_method=S256";

    /// <summary>The form that redeems a code, which is used as it is given.</summary>
    public string RedeemForm(string code) =>
        $"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&code_verifier={Verifier}";

    // oidc-provider drops offline_access unless it asks for consent each time; there the nonce tells it instead.
    private static string NonceOf(string scope) =>
        scope.Contains("offline_access", StringComparison.Ordinal) ? "offline-access" : "n-0S6_WzA2Mj";
}
