using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>A client as the conformance suite registers it, with a user and their browser, who is not signed in yet.</summary>
internal sealed record RelyingParty(AuthServerHost Host, TestClient Client, TestUser User, UserAgent Browser)
{
    public const string SignedOutUri = "https://yourapp.com/signed-out";

    public static async Task<RelyingParty> RegisterAsync(AuthServerHost host)
    {
        const string redirectUri = "https://yourapp.com/auth/callback";
        var metadata = new JsonObject
        {
            ["redirect_uris"] = new JsonArray(redirectUri),
            ["post_logout_redirect_uris"] = new JsonArray(SignedOutUri),
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
        };
        var registered = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(metadata.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        })).Is(HttpStatusCode.Created);
        var nobody = new TestUser(Guid.Empty, "Nobody", string.Empty, string.Empty);
        return new RelyingParty(
            host, new TestClient(host, registered["client_id"], registered["client_secret"], redirectUri, nobody),
            await host.NewUserAsync(), host.NewUserAgent());
    }

    /// <summary>The authorization response, by way of the sign-in and consent pages as far as they are shown.</summary>
    public Task<Answer> AuthorizeAsync(params (string Name, string? Value)[] parameters) =>
        AuthorizeAsync(Client.AuthorizeUrl(parameters));

    public async Task<Answer> AuthorizeAsync(string url)
    {
        var answer = (await Browser.GetAsync(url)).Is(HttpStatusCode.Redirect);
        return AsksToSignIn(answer) ? await Browser.AllowAsync(await SubmitSignInAsync(answer)) : await Browser.AllowAsync(url);
    }

    /// <summary>Where the sign-in page that <paramref name="asked"/> leads to sends the user on.</summary>
    public async Task<string> SubmitSignInAsync(Answer asked)
    {
        var signedIn = await Browser.SubmitAsync(asked.Location!.OriginalString, ("Email", User.Email), ("Password", User.Password));
        return signedIn.Is(HttpStatusCode.Redirect).Location!.OriginalString;
    }

    /// <summary>The tokens of a whole flow.</summary>
    public async Task<Answer> TokensAsync(params (string Name, string? Value)[] parameters) =>
        (await Client.RedeemAsync((await AuthorizeAsync(parameters)).Query["code"]!)).Is(HttpStatusCode.OK);

    public async Task<Answer> UserInfoAsync(string accessToken, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, "/oauth2/userinfo");
        request.Headers.Authorization = new("Bearer", accessToken);
        return await Host.NewUserAgent().SendAsync(request);
    }

    public async Task<bool> IsSignedInAsync() =>
        (await Browser.GetAsync(Client.AuthorizeUrl(("prompt", "none"))))
            .Is(HttpStatusCode.Redirect).Query["error"] is not "login_required";

    public async Task<TokenValidationResult> ValidateAsync(string idToken) =>
        await new JsonWebTokenHandler().ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            IssuerSigningKeys =
            new JsonWebKeySet((await Host.NewUserAgent().GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK).Body).GetSigningKeys(),
            ValidIssuer = AuthServerHost.Origin,
            ValidAudience = Client.ClientId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (_, expires, _, _) => expires > Host.Clock.GetUtcNow().UtcDateTime,
        });

    public static bool AsksToSignIn(Answer answer) =>
        answer.Location?.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) is true;
}
