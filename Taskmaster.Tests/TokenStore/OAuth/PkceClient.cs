using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Taskmaster.Tests.TokenStore.OAuth;

/// <summary>A confidential client that uses PKCE.</summary>
public sealed class PkceClient(OAuthHost host, string id)
{
    public const string Secret = "a secret of the tests";
    public const string Verifier = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    public static readonly Uri RedirectUri = new("https://client.example/callback");

    private static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public Task<TokenAnswer> AskForItselfAsync() => AskAsync("token", ("grant_type", "client_credentials"));

    /// <summary>Has the user sign in and returns the code.</summary>
    public async Task<string> AuthorizeAsync(string user, string scope = "openid offline_access read")
    {
        var query = QueryHelpers.AddQueryString("authorize", new Dictionary<string, string?>
        {
            ["client_id"] = id,
            ["response_type"] = "code",
            ["redirect_uri"] = RedirectUri.ToString(),
            ["scope"] = scope,
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
            ["user"] = user,
        });
        using var answer = await host.Server.GetAsync(query);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString();
    }

    public Task<TokenAnswer> RedeemAsync(string code, string verifier = Verifier) => AskAsync(
        "token",
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri.ToString()), ("code_verifier", verifier));

    public Task<TokenAnswer> RefreshAsync(string refreshToken, string? scope = null) => AskAsync(
        "token",
        scope is null
            ? [("grant_type", "refresh_token"), ("refresh_token", refreshToken)]
            : [("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("scope", scope)]);

    public Task<TokenAnswer> IntrospectAsync(string token) => AskAsync("introspect", ("token", token));

    public Task<TokenAnswer> RevokeAsync(string token) => AskAsync("revoke", ("token", token));

    /// <summary>Signs a user in from the first page to the tokens.</summary>
    public async Task<TokenAnswer> SignInAsync(string user)
    {
        var answer = await RedeemAsync(await AuthorizeAsync(user));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    /// <summary>Calls the API with a bearer token.</summary>
    public async Task<HttpStatusCode> CallApiAsync(string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var answer = await host.Api.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<TokenAnswer> AskAsync(string path, params (string Name, string Value)[] parameters)
    {
        var form = parameters.Append(("client_id", id))
            .Append(("client_secret", Secret))
            .ToDictionary(pair => pair.Item1, pair => pair.Item2);
        using var content = new FormUrlEncodedContent(form);
        using var answer = await host.Server.PostAsync(path, content);
        return await TokenAnswer.ReadAsync(answer);
    }
}
