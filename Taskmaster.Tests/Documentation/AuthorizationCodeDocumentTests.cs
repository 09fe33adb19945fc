using System.Net;
using System.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>docs/authorization-code-flow.md, example by example and error by error, on the public origin.</summary>
[Collection(Stack.Collection)]
public sealed class AuthorizationCodeDocumentTests(Stack stack)
{
    private const string Callback = "https://yourapp.example/auth/callback";

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task A_user_signs_in_allows_the_client_and_the_client_reads_the_users_tasks()
    {
        var (alice, client) = await ARegisteredClientAsync();
        var bob = Person.Named("Bob");
        using var browser = stack.Browser();
        await browser.SignUpAsync(bob);
        var pkce = Pkce.New();

        await browser.OpenAsync(client.AuthorizeUrl(state: "af0ifjsldkj", pkce: pkce));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        var consent = browser.Page.Body!.TextContent;
        Assert.Contains("My Task Management App", consent, StringComparison.Ordinal);
        Assert.Contains(alice.Name, consent, StringComparison.Ordinal);
        Assert.Contains("yourapp.example", consent, StringComparison.Ordinal);
        await browser.SubmitAsync("Allow");

        Assert.NotNull(browser.Redirect);
        Assert.StartsWith(Callback + "?", browser.Redirect.AbsoluteUri, StringComparison.Ordinal);
        var answer = HttpUtility.ParseQueryString(browser.Redirect.Query);
        Assert.Equal("af0ifjsldkj", answer["state"]);
        Assert.Equal(stack.Issuer(), answer["iss"]);

        var tokens = await client.RedeemAsync(answer["code"]!, pkce.Verifier);

        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.Equal(
            new HashSet<string> { "access_token", "token_type", "expires_in", "id_token", "scope" }, tokens.Properties.ToHashSet());
        Assert.Equal("Bearer", tokens["token_type"]);
        Assert.Equal(3600, tokens.Json["expires_in"]!.GetValue<int>());
        Assert.Equal("openid profile email", tokens["scope"]);
        Assert.Equal("no-store", tokens.Headers["Cache-Control"]);

        var tasks = await client.GetTasksAsync(tokens.AccessToken);
        tasks.Is(HttpStatusCode.OK, "[]");
    }

    [Fact]
    [Trait("Behaviour", "43")]
    public async Task The_id_token_is_signed_with_a_published_key_and_says_who_signed_in()
    {
        var (_, client) = await ARegisteredClientAsync();
        var bob = Person.Named("Bob");
        var code = await ACodeForAsync(client, bob, nonce: "n-0S6_WzA2Mj");

        var tokens = await client.RedeemAsync(code);

        var keys = new JsonWebKeySet((await client.SendAsync(HttpMethod.Get, "/oauth2/jwks", null, null)).Body);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens["id_token"], new TokenValidationParameters
        {
            ValidIssuer = stack.Issuer(),
            ValidAudience = client.ClientId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var idToken = (JsonWebToken)result.SecurityToken;
        Assert.Equal("n-0S6_WzA2Mj", idToken.GetPayloadValue<string>("nonce"));
        Assert.Equal(bob.Name, idToken.GetPayloadValue<string>("name"));
        Assert.Equal(bob.Email, idToken.GetPayloadValue<string>("email"));
        Assert.True(idToken.TryGetPayloadValue<long>("auth_time", out _));
        Assert.True(idToken.TryGetPayloadValue<string>("at_hash", out _));
        Assert.Contains(keys.Keys, key => key.Kid == idToken.Kid);
    }

    [Fact]
    public async Task Without_openid_there_is_no_id_token()
    {
        var (_, client) = await ARegisteredClientAsync();
        var code = await ACodeForAsync(client, Person.Named("Bob"), scope: "tasks:read");

        var tokens = await client.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.OK, tokens.Status);
        Assert.DoesNotContain("id_token", tokens.Properties);
    }

    [Fact]
    [Trait("Behaviour", "17")]
    public async Task Denying_tells_the_client_and_makes_no_code()
    {
        var (_, client) = await ARegisteredClientAsync();
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Bob"));

        await browser.OpenAsync(client.AuthorizeUrl(state: "xyz"));
        await browser.SubmitAsync("Deny");

        var answer = HttpUtility.ParseQueryString(browser.Redirect!.Query);
        Assert.Equal("access_denied", answer["error"]);
        Assert.Equal("xyz", answer["state"]);
        Assert.Equal(stack.Issuer(), answer["iss"]);
        Assert.Null(answer["code"]);
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Consent_is_remembered_for_its_scopes_and_asked_again_for_more()
    {
        var (_, client) = await ARegisteredClientAsync();
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Bob"));
        await browser.OpenAsync(client.AuthorizeUrl("openid profile"));
        await browser.SubmitAsync("Allow");

        await browser.OpenAsync(client.AuthorizeUrl("openid"));
        Assert.NotNull(HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]);

        await browser.OpenAsync(client.AuthorizeUrl("openid profile email"));
        Assert.Null(browser.Redirect);
        Assert.True(browser.HasButton("Allow"));
    }

    [Fact]
    [Trait("Behaviour", "15")]
    public async Task State_comes_back_byte_for_byte_and_only_when_it_was_sent()
    {
        var (_, client) = await ARegisteredClientAsync();
        var state = string.Concat(Enumerable.Repeat("a&b=ü%20✓+ ", 100));
        using var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Bob"));
        await browser.OpenAsync(client.AuthorizeUrl(state: state));
        await browser.SubmitAsync("Allow");
        Assert.Equal(state, Assert.Single(HttpUtility.ParseQueryString(browser.Redirect!.Query).GetValues("state")!));

        await browser.OpenAsync(client.AuthorizeUrl());
        Assert.NotNull(HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"]);
        Assert.Null(HttpUtility.ParseQueryString(browser.Redirect.Query)["state"]);
    }

    [Fact]
    [Trait("Behaviour", "16")]
    public async Task An_authorization_request_without_client_id_is_refused_as_documented()
    {
        var answer = await stack.DemoClient().SendAsync(HttpMethod.Get, "/oauth2/authorize?response_type=code", null, null);

        answer.Is(HttpStatusCode.BadRequest,
            """{"error":"invalid_request","error_description":"Missing required parameter: client_id"}""");
    }

    [Theory]
    [Trait("Behaviour", "10")]
    [InlineData("https://yourapp.example/auth/callbacK")]
    [InlineData("https://yourapp.example/auth/callback/")]
    [InlineData("https://yourapp.example/auth/callback?next=1")]
    [InlineData("https://yourapp.example/auth/callback#x")]
    [InlineData("http://yourapp.example/auth/callback")]
    [InlineData("https://YOURAPP.example/auth/callback")]
    [InlineData("https://yourapp.example.attacker.example/auth/callback")]
    [InlineData("https://yourapp.example/auth/../auth/callback")]
    public async Task A_redirect_URI_that_is_not_registered_is_never_redirected_to(string redirectUri)
    {
        var (_, client) = await ARegisteredClientAsync();

        var answer = await client.SendAsync(
            HttpMethod.Get, (client with { RedirectUri = redirectUri }).AuthorizeUrl(state: "xyz"), null, null);

        answer.Is(HttpStatusCode.BadRequest, """{"error":"invalid_request","error_description":"Invalid redirect URI"}""");
        Assert.DoesNotContain("Location", answer.Headers.Keys);

        using var browser = stack.Browser();
        await browser.OpenAsync((client with { RedirectUri = redirectUri }).AuthorizeUrl());
        Assert.Null(browser.Redirect);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("Invalid redirect URI", browser.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "23")]
    public async Task Wrong_client_credentials_are_refused_as_documented()
    {
        var (_, client) = await ARegisteredClientAsync();

        var answer = await (client with { ClientSecret = "wrong" }).RedeemAsync("any");

        answer.Is(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"Invalid client credentials"}""");
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public async Task A_wrong_code_verifier_is_refused_as_documented_and_the_fifth_burns_the_code()
    {
        var (_, client) = await ARegisteredClientAsync();
        var pkce = Pkce.New();
        var code = await ACodeForAsync(client, Person.Named("Bob"), pkce: pkce);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await client.RedeemAsync(code, Pkce.New().Verifier))
                .Is(HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"Invalid code verifier"}""");
        }

        (await client.RedeemAsync(code, pkce.Verifier))
            .Is(HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"Invalid authorization code"}""");
    }

    [Fact]
    [Trait("Behaviour", "1")]
    public async Task A_code_buys_one_token_and_replaying_it_revokes_that_token()
    {
        var (_, client) = await ARegisteredClientAsync();
        var code = await ACodeForAsync(client, Person.Named("Bob"));
        var tokens = await client.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, (await client.GetTasksAsync(tokens.AccessToken)).Status);

        (await client.RedeemAsync(code))
            .Is(HttpStatusCode.BadRequest, """{"error":"invalid_grant","error_description":"Invalid authorization code"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync(tokens.AccessToken)).Status);
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public async Task Of_a_hundred_parallel_redemptions_of_one_code_one_wins()
    {
        var (_, client) = await ARegisteredClientAsync();
        var code = await ACodeForAsync(client, Person.Named("Bob"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.RedeemAsync(code)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(99, answers.Count(answer => answer.Status == HttpStatusCode.BadRequest && answer["error"] == "invalid_grant"));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task Only_an_access_token_opens_the_API()
    {
        var (_, client) = await ARegisteredClientAsync();
        var bob = Person.Named("Bob");
        var code = await ACodeForAsync(client, bob, "openid offline_access");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync(code)).Status);

        var tokens = await client.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.OK, (await client.GetTasksAsync(tokens.AccessToken)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync(tokens["id_token"])).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetTasksAsync(tokens["refresh_token"])).Status);
    }

    [Fact]
    public async Task With_offline_access_the_client_gets_new_tokens_without_the_user()
    {
        var (_, client) = await ARegisteredClientAsync();
        var code = await ACodeForAsync(client, Person.Named("Bob"), "openid offline_access");
        var first = await client.RedeemAsync(code);

        var second = await client.RefreshAsync(first["refresh_token"]);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        Assert.NotEqual(first["refresh_token"], second["refresh_token"]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetTasksAsync(second.AccessToken)).Status);
    }

    private async Task<(Person Owner, RegisteredClient Client)> ARegisteredClientAsync()
    {
        var alice = Person.Named("Alice");
        using var browser = stack.Browser();
        await browser.SignUpAsync(alice);
        return (alice, await browser.RegisterClientAsync("My Task Management App", Callback));
    }

    private async Task<string> ACodeForAsync(
        RegisteredClient client, Person user, string scope = "openid profile email", Pkce? pkce = null, string? nonce = null)
    {
        using var browser = stack.Browser();
        await browser.SignUpAsync(user);
        await browser.OpenAsync(client.AuthorizeUrl(scope, pkce: pkce, nonce: nonce));
        await browser.SubmitAsync("Allow");
        var code = HttpUtility.ParseQueryString(browser.Redirect!.Query)["code"];
        Assert.NotNull(code);
        return code;
    }
}
