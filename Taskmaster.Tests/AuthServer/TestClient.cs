using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A registered client and the requests it makes.</summary>
internal sealed class TestClient(
    AuthServerHost host, string id, string? secret, string redirectUri, TestUser owner, UserAgent? http = null)
{
    private readonly UserAgent _http = http ?? host.NewUserAgent();

    public string Id => id;

    public string Secret => secret ?? throw new InvalidOperationException("A public client has no secret.");

    public string RedirectUri => redirectUri;

    public TestUser Owner => owner;

    public string AuthorizeUrl(params (string Name, string? Value)[] parameters)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = id,
            ["redirect_uri"] = redirectUri,
            ["scope"] = "openid profile email",
        };
        foreach (var (name, value) in parameters)
        {
            query[name] = value;
        }

        return "/oauth2/authorize?" + string.Join(
            '&', query.Where(entry => entry.Value is not null).Select(entry => $"{entry.Key}={Uri.EscapeDataString(entry.Value!)}"));
    }

    /// <summary>A code of <paramref name="user"/>'s: signed in and asked for consent as far as needed.</summary>
    public async Task<string> CodeAsync(UserAgent user, params (string Name, string? Value)[] parameters)
    {
        var answer = await user.AllowAsync(AuthorizeUrl(parameters));
        return answer.Query["code"] ?? throw new InvalidOperationException($"No code in {answer.Location}");
    }

    public Task<Answer> RedeemAsync(string code, params (string Name, string? Value)[] parameters) =>
        TokenAsync([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), .. parameters]);

    public Task<Answer> RefreshAsync(string refreshToken) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<Answer> ClientCredentialsAsync(params (string Name, string? Value)[] parameters) =>
        TokenAsync([("grant_type", "client_credentials"), .. parameters]);

    /// <summary>A later parameter replaces an earlier one of the same name; null leaves it out.</summary>
    public Task<Answer> TokenAsync(params (string Name, string? Value)[] parameters) => PostAsync("/oauth2/token", parameters);

    public Task<Answer> IntrospectAsync(string token) => PostAsync("/oauth2/introspect", ("token", token));

    public Task<Answer> RevokeAsync(string token) => PostAsync("/oauth2/revoke", ("token", token));

    public async Task<bool> IsActiveAsync(string token) => (bool)(await IntrospectAsync(token)).Is(HttpStatusCode.OK).Json["active"]!;

    public Task<Answer> PostAsync(string path, params (string Name, string? Value)[] parameters)
    {
        var form = new Dictionary<string, string?>();
        if (secret is null)
        {
            form["client_id"] = id;
        }

        foreach (var (name, value) in parameters)
        {
            form[name] = value;
        }

        return PostFormAsync(
            path, form.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!)));
    }

    /// <summary>Just this form, for a parameter that is there twice.</summary>
    public Task<Answer> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (secret is not null)
        {
            request.Headers.Authorization = Basic(id, secret);
        }

        return _http.SendAsync(request);
    }

    /// <summary>RFC 6749 §2.3.1: each part form-urlencoded, then joined and encoded in Base64.</summary>
    public static AuthenticationHeaderValue Basic(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}")));
}
