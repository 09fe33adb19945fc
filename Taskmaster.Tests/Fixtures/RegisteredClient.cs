using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Taskmaster.Tests.Fixtures;

/// <summary>An OAuth client that speaks to the public origin with the credentials the Developer page gave it.</summary>
public sealed record RegisteredClient(Uri Origin, string ClientId, string? ClientSecret, string? RedirectUri)
    : OAuthClient(ClientId, ClientSecret, RedirectUri)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>The authorization request of the document's step 1.</summary>
    public string AuthorizeUrl(string scope = "openid profile email", string? state = null, Pkce? pkce = null, string? nonce = null) =>
        AuthorizeUrl(
            ("scope", scope), ("state", state), ("nonce", nonce),
            ("code_challenge", pkce?.Challenge), ("code_challenge_method", pkce is null ? null : "S256"));

    public Task<Answer> RedeemAsync(string code, string verifier) => RedeemAsync(code, ("code_verifier", verifier));

    public Task<Answer> GetTasksAsync(string accessToken) =>
        SendAsync(HttpMethod.Get, "/api/tasks", form: null, new AuthenticationHeaderValue("Bearer", accessToken));

    /// <summary>Posts JSON to the Tasks API and asserts that something was created.</summary>
    public async Task<Answer> CreateAsync(string path, string accessToken, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return (await SendAsync(request)).Is(HttpStatusCode.Created);
    }

    /// <summary>With another authentication than the client's own, or with none.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, (string Name, string? Value)[]? form, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = authorization;
        if (form is not null)
        {
            request.Content = new FormUrlEncodedContent(Merge(form));
        }

        return await SendAsync(request);
    }

    public override async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.RequestUri = new Uri(Origin, request.RequestUri!);
        return await Answer.ReadAsync(await Http.SendAsync(request));
    }
}
