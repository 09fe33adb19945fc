using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Taskmaster.Tests.Fixtures;

/// <summary>An OAuth client that speaks to the public origin with the credentials the Developer page gave it.</summary>
public sealed record RegisteredClient(Uri Origin, string ClientId, string ClientSecret, string? RedirectUri)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>The authorization request of the document's step 1.</summary>
    public string AuthorizeUrl(string scope = "openid profile email", string? state = null, Pkce? pkce = null, string? nonce = null)
    {
        var query = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", ClientId),
            ("redirect_uri", RedirectUri!),
            ("scope", scope),
        };
        Add("state", state);
        Add("nonce", nonce);
        Add("code_challenge", pkce?.Challenge);
        Add("code_challenge_method", pkce is null ? null : "S256");
        return "/oauth2/authorize?" + Encode(query);

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add((name, value));
            }
        }
    }

    public Task<Answer> ClientCredentialsAsync(string? scope = null) =>
        TokenAsync(scope is null ? [("grant_type", "client_credentials")] : [("grant_type", "client_credentials"), ("scope", scope)]);

    public Task<Answer> RedeemAsync(string code, string? verifier = null)
    {
        List<(string, string)> form = [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri!)];
        if (verifier is not null)
        {
            form.Add(("code_verifier", verifier));
        }

        return TokenAsync([.. form]);
    }

    public Task<Answer> RefreshAsync(string refreshToken) =>
        TokenAsync([("grant_type", "refresh_token"), ("refresh_token", refreshToken)]);

    public Task<Answer> TokenAsync((string Name, string Value)[] form) => PostAsync("/oauth2/token", form);

    /// <summary>Posts a form with the client's Basic credentials (RFC 6749 §2.3.1).</summary>
    public Task<Answer> PostAsync(string path, (string Name, string Value)[] form)
    {
        var basic = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"));
        return SendAsync(HttpMethod.Post, path, form, new AuthenticationHeaderValue("Basic", basic));
    }

    public Task<Answer> GetTasksAsync(string accessToken) =>
        SendAsync(HttpMethod.Get, "/api/tasks", null, new AuthenticationHeaderValue("Bearer", accessToken));

    /// <summary>Posts JSON to the Tasks API and asserts that something was created.</summary>
    public async Task<Answer> CreateAsync(string path, string accessToken, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Origin, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        var answer = await Answer.ReadAsync(response);
        Assert.True(answer.Status == HttpStatusCode.Created, $"{(int)answer.Status}: {answer.Body}");
        return answer;
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, (string Name, string Value)[]? form, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(method, new Uri(Origin, path));
        request.Headers.Authorization = authorization;
        if (form is not null)
        {
            request.Content = new StringContent(Encode(form), Encoding.ASCII, "application/x-www-form-urlencoded");
        }

        using var response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private static string Encode(IEnumerable<(string Name, string Value)> parameters) =>
        string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
}
