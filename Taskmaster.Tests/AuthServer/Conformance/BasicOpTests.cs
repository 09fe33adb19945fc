using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>Plan <c>oidcc-basic-certification-test-plan</c>: what is answered.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class BasicOpTests(AuthServerHost host)
{
    [Fact]
    [Trait("Module", "oidcc-server")]
    public async Task Code_tokens_and_claims_of_a_sign_in_hold_together()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var response = await party.AuthorizeAsync(("scope", "openid"), ("state", "s-1"), ("nonce", "n-1"));
        var tokens = (await party.Client.RedeemAsync(response.Query["code"]!)).Is(HttpStatusCode.OK);

        Assert.Equal(["code", "iss", "state"], response.Query.AllKeys.Order(StringComparer.Ordinal));
        Assert.Equal("s-1", response.Query["state"]);
        Assert.Matches("^[A-Za-z0-9_-]{43}$", response.Query["code"]);
        Assert.True(tokens.Message.Headers.CacheControl!.NoStore);
        Assert.Equal("Bearer", tokens["token_type"]);

        var claims = IdToken.Read(tokens["id_token"]).Claims;
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.True((await party.ValidateAsync(tokens["id_token"])).IsValid);
        Assert.Equal("n-1", (string?)claims["nonce"]);
        Assert.InRange((long)claims["iat"]!, now - 1, now);
        Assert.True((long)claims["exp"]! > now);
        Assert.Equal(
            Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(tokens["access_token"]))[..16]), (string?)claims["at_hash"]);
        Assert.Null(claims["name"]);
        Assert.Null(claims["email"]);
        Assert.Equal((string?)claims["sub"], (await party.UserInfoAsync(tokens["access_token"])).Is(HttpStatusCode.OK)["sub"]);
    }

    [Fact]
    [Trait("Module", "oidcc-server-client-secret-post")]
    public async Task A_client_may_send_its_secret_in_the_form()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var code = (await party.AuthorizeAsync()).Query["code"]!;

        var tokens = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", party.Client.RedirectUri),
                new("client_id", party.Client.ClientId), new("client_secret", party.Client.Secret),
            ]),
        })).Is(HttpStatusCode.OK);

        Assert.True((await party.ValidateAsync(tokens["id_token"])).IsValid);
    }

    [Fact]
    [Trait("Module", "oidcc-response-type-missing")]
    public async Task A_missing_response_type_is_told_to_the_client()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var answer = (await party.Browser.GetAsync(party.Client.AuthorizeUrl(("response_type", null), ("state", "xyz"))))
            .Is(HttpStatusCode.Redirect);

        Assert.StartsWith(party.Client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(("invalid_request", "Missing required parameter: response_type", "xyz"), (
            answer.Query["error"], answer.Query["error_description"], answer.Query["state"]));
    }

    [Fact]
    [Trait("Module", "oidcc-idtoken-signature")]
    public async Task An_id_token_is_signed_with_RS256_by_the_key_it_names()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var idToken = (await party.TokensAsync())["id_token"];

        var token = IdToken.Read(idToken);
        Assert.Equal("RS256", (string?)token.Header["alg"]);
        Assert.NotEmpty((string)token.Header["kid"]!);
        Assert.True((await party.ValidateAsync(idToken)).IsValid);
        Assert.False((await party.ValidateAsync(idToken[..^4] + "AAAA")).IsValid);
    }

    [Fact]
    [Trait("Module", "oidcc-idtoken-unsigned")]
    public async Task An_unsigned_id_token_is_neither_offered_nor_registered_for()
    {
        var discovery = (await host.NewUserAgent().GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK);
        var refused = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
                """{"redirect_uris":["https://yourapp.com/"],"id_token_signed_response_alg":"none"}""", Encoding.UTF8, "application/json"),
        })).Is(HttpStatusCode.BadRequest);

        Assert.Equal("""["RS256","ES256"]""", discovery.Json["id_token_signing_alg_values_supported"]!.ToJsonString());
        Assert.Equal("invalid_client_metadata", refused["error"]);
    }

    [Theory]
    [Trait("Module", "oidcc-userinfo-get")]
    [Trait("Module", "oidcc-userinfo-post-header")]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task UserInfo_takes_the_token_in_the_header(string method)
    {
        var party = await RelyingParty.RegisterAsync(host);
        var tokens = await party.TokensAsync();

        var claims = (await party.UserInfoAsync(tokens["access_token"], new HttpMethod(method))).Is(HttpStatusCode.OK);

        Assert.Equal("application/json", claims.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(party.User.Id.ToString("D"), claims["sub"]);
    }

    [Fact]
    [Trait("Module", "oidcc-userinfo-post-body")]
    public async Task UserInfo_takes_the_token_in_the_form_but_not_in_the_address()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var token = (await party.TokensAsync())["access_token"];

        var inForm = await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/userinfo")
        {
            Content = new FormUrlEncodedContent([new("access_token", token)]),
        });
        var inAddress = await host.NewUserAgent().GetAsync("/oauth2/userinfo?access_token=" + token, accept: "*/*");

        Assert.Equal(party.User.Id.ToString("D"), inForm.Is(HttpStatusCode.OK)["sub"]);
        inAddress.Is(HttpStatusCode.BadRequest);
    }

    /// <summary>RFC 6750 §3.1: who sends no token is told how, and not that something was wrong with it.</summary>
    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", null)]
    [InlineData("GET", "Basic eDp5")]
    public async Task UserInfo_without_a_token_is_a_challenge_that_names_no_error(string method, string? authorization)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/oauth2/userinfo");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        var answer = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.Unauthorized);

        Assert.Equal("Bearer realm=\"Taskmaster\"", answer.Message.Headers.WwwAuthenticate.ToString());
    }

    /// <summary>RFC 6750 §2: one method, once.</summary>
    [Fact]
    public async Task UserInfo_takes_one_token_in_one_way()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var token = (await party.TokensAsync())["access_token"];
        var twice = new HttpRequestMessage(
            HttpMethod.Post, "/oauth2/userinfo")
        { Content = new FormUrlEncodedContent([new("access_token", token)]) };
        twice.Headers.Authorization = new("Bearer", token);
        var form = new HttpRequestMessage(HttpMethod.Post, "/oauth2/userinfo")
        {
            Content = new FormUrlEncodedContent(
            [new("access_token", token), new("access_token", token)])
        };

        foreach (var request in new[] { twice, form })
        {
            var answer = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.BadRequest);
            Assert.Equal(
                "Bearer realm=\"Taskmaster\", error=\"invalid_request\", error_description=\"More than one access token\"",
                answer.Message.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    [Trait("Module", "oidcc-scope-profile")]
    public async Task Profile_brings_the_name_and_no_more()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var claims = (await party.UserInfoAsync((await party.TokensAsync(("scope", "openid profile")))["access_token"]))
            .Is(HttpStatusCode.OK);

        Assert.Equal(party.User.Name, claims["name"]);
        Assert.Null(claims.Json["email"]);
    }

    [Fact]
    [Trait("Module", "oidcc-scope-email")]
    public async Task Email_brings_the_address_and_whether_it_is_verified_and_no_more()
    {
        var party = await RelyingParty.RegisterAsync(host);

        var claims = (await party.UserInfoAsync((await party.TokensAsync(("scope", "openid email")))["access_token"]))
            .Is(HttpStatusCode.OK);

        Assert.Equal(party.User.Email, claims["email"]);
        Assert.False((bool)claims.Json["email_verified"]!);
        Assert.Null(claims.Json["name"]);
    }

    [Fact]
    [Trait("Module", "oidcc-codereuse")]
    public async Task A_code_used_twice_is_an_invalid_grant()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var code = (await party.AuthorizeAsync()).Query["code"]!;
        (await party.Client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        (await party.Client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
    }

    [Fact]
    [Trait("Module", "oidcc-codereuse-30seconds")]
    public async Task A_code_used_again_after_30_seconds_ends_the_access_token_it_bought()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var code = (await party.AuthorizeAsync()).Query["code"]!;
        var token = (await party.Client.RedeemAsync(code)).Is(HttpStatusCode.OK)["access_token"];
        (await party.UserInfoAsync(token)).Is(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromSeconds(30));
        (await party.Client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");

        (await party.UserInfoAsync(token)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Module", "oidcc-refresh-token")]
    public async Task A_refresh_token_works_for_its_own_client_only_and_the_new_id_token_is_about_the_same_sign_in()
    {
        var (party, other) = (await RelyingParty.RegisterAsync(host), await RelyingParty.RegisterAsync(host));
        var tokens = await party.TokensAsync(("scope", "openid offline_access"), ("prompt", "consent"));
        Assert.Matches("^[\\x20-\\x7e]+$", tokens["refresh_token"]);
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        (await other.Client.RefreshAsync(tokens["refresh_token"]))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        var refreshed = (await party.Client.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);

        Assert.True((await party.ValidateAsync(refreshed["id_token"])).IsValid);
        var (before, after) = (IdToken.Read(tokens["id_token"]).Claims, IdToken.Read(refreshed["id_token"]).Claims);
        foreach (var claim in new[] { "iss", "sub", "aud", "auth_time", "acr" })
        {
            Assert.Equal(before[claim]!.ToJsonString(), after[claim]!.ToJsonString());
        }

        Assert.True((long)after["iat"]! > (long)before["iat"]!);
        (await party.UserInfoAsync(refreshed["access_token"])).Is(HttpStatusCode.OK);
    }
}
