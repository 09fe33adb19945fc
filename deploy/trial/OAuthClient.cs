using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Taskmaster.Trial;

/// <summary>An application registered on the Developer page, and what it asks for.</summary>
internal sealed class OAuthClient(HttpClient http, Uri origin, string id, string secret)
{
    public const string RedirectUri = "https://yourapp.com/auth/callback";

    public string Id => id;

    public string Secret => secret;

    public string AuthorizePath(string codeChallenge) => "/oauth2/authorize?response_type=code"
        + $"&client_id={id}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&state=trial"
        + "&scope=openid+profile+email+offline_access+tasks:read"
        + $"&code_challenge={codeChallenge}&code_challenge_method=S256";

    public Task<Answer> ClientCredentialsAsync() => TokenAsync("grant_type=client_credentials");

    public Task<Answer> RedeemAsync(string code, string codeVerifier) => TokenAsync(
        $"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&code_verifier={codeVerifier}");

    public Task<Answer> RefreshAsync(string refreshToken) => TokenAsync($"grant_type=refresh_token&refresh_token={refreshToken}");

    public Task<Answer> RevokeAsync(string token) => PostAsync("/oauth2/revoke", $"token={token}");

    public Task<Answer> IntrospectAsync(string token) => PostAsync("/oauth2/introspect", $"token={token}");

    public async Task<bool> IsActiveAsync(string token) => (bool)(await IntrospectAsync(token)).Is(200).Json["active"]!;

    public async Task<Answer> TasksAsync(string accessToken, string? newTitle = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(origin, "/api/tasks"));
        if (newTitle is not null)
        {
            (request.Method, request.Content) = (HttpMethod.Post, new StringContent(
                new JsonObject
                {
                    ["title"] = newTitle,
                    ["description"] = "Made by deploy/trial",
                    ["project_id"] = await ProjectAsync(accessToken),
                }.ToJsonString(),
                new MediaTypeHeaderValue("application/json")));
        }

        request.Headers.Authorization = new("Bearer", accessToken);
        return await SendAsync(request);
    }

    private async Task<string> ProjectAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(origin, "/api/projects"))
        {
            Content = new StringContent(
                """{"name":"Trial","description":"Made by deploy/trial"}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new("Bearer", accessToken);
        return (string)(await SendAsync(request)).Is(201).Json["id"]!;
    }

    private Task<Answer> TokenAsync(string form) => PostAsync("/oauth2/token", form);

    private async Task<Answer> PostAsync(string path, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(origin, path))
        {
            Content = new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        return await SendAsync(request);
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new(
            $"{request.Method} {request.RequestUri}", (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.RetryAfter is not null);
    }
}
