using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>A client of the authorization server in process, and who registered it.</summary>
internal sealed record TestClient(
    AuthServerHost Host, string ClientId, string? ClientSecret, string? RedirectUri, TestUser Owner, UserAgent? Http = null)
    : OAuthClient(ClientId, ClientSecret, RedirectUri)
{
    private readonly UserAgent _http = Http ?? Host.NewUserAgent();

    /// <summary>A code of <paramref name="user"/>'s: signed in and asked for consent as far as needed.</summary>
    public async Task<string> CodeAsync(UserAgent user, params (string Name, string? Value)[] parameters)
    {
        var answer = await user.AllowAsync(AuthorizeUrl(parameters));
        return answer.Query["code"] ?? throw new InvalidOperationException($"No code in {answer.Location}");
    }

    public override Task<Answer> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);
}
