using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.Tests.AuthServer;

public abstract class AuthorizationCodeTests(AuthServerHost host)
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static readonly string Challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    [Fact]
    public async Task A_code_buys_what_the_documentation_shows()
    {
        var (client, alice) = await SignedInAsync();

        var answer = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK);

        Assert.Equal("access_token expires_in id_token scope token_type", string.Join(
            ' ', answer.Json.Select(member => member.Key).Order(StringComparer.Ordinal)));
        Assert.Equal("Bearer", answer["token_type"]);
        Assert.Equal("3600", answer["expires_in"]);
        Assert.Equal("openid profile email", answer["scope"]);
    }

    [Fact]
    public async Task Without_a_scope_the_answer_names_what_the_application_is_registered_for()
    {
        var (client, alice) = await SignedInAsync();

        foreach (var scope in new[] { null, "", " " })
        {
            var answer = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", scope)))).Is(HttpStatusCode.OK);

            Assert.Equal("openid profile email tasks:read tasks:write", answer["scope"]);
            Assert.NotNull(answer.Json["id_token"]);
            Assert.Null(answer.Json["refresh_token"]);
        }
    }

    [Theory]
    [InlineData("openid")]
    [InlineData("openid tasks:write")]
    [InlineData("nonsense")]
    public async Task A_scope_beside_the_code_means_nothing_and_is_ignored(string scope)
    {
        var (client, alice) = await SignedInAsync();

        var answer = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid tasks:read")), ("scope", scope)))
            .Is(HttpStatusCode.OK);

        Assert.Equal("openid tasks:read", answer["scope"]);
        Assert.Equal("openid tasks:read", (await client.IntrospectAsync(answer["access_token"])).Is(HttpStatusCode.OK)["scope"]);
    }

    [Fact]
    [Trait("Behaviour", "31")]
    public async Task A_refresh_for_more_than_was_granted_is_an_invalid_scope_and_the_refresh_token_stays_good()
    {
        var (client, alice) = await SignedInAsync();
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access tasks:read"))))
            .Is(HttpStatusCode.OK);

        foreach (var scope in new[] { "tasks:write", "openid tasks:read tasks:write", "email", "clients:manage", "nonsense" })
        {
            var refused = await client.TokenAsync(
                ("grant_type", "refresh_token"), ("refresh_token", bought["refresh_token"]), ("scope", scope));
            refused.IsError(HttpStatusCode.BadRequest, "invalid_scope", $"Invalid scope: {scope.Split(' ')[^1]}");
        }

        Assert.Equal(
            "openid offline_access tasks:read", (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK)["scope"]);
    }

    [Fact]
    public async Task Without_openid_there_is_no_id_token_and_with_offline_access_there_is_a_refresh_token()
    {
        var (client, alice) = await SignedInAsync();

        var plain = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "profile")))).Is(HttpStatusCode.OK);
        var offline = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);

        Assert.Null(plain.Json["id_token"]);
        Assert.Null(plain.Json["refresh_token"]);
        Assert.NotNull(offline.Json["id_token"]);
        var refreshed = (await client.RefreshAsync(offline["refresh_token"])).Is(HttpStatusCode.OK);
        Assert.NotEqual(offline["access_token"], refreshed["access_token"]);
    }

    [Fact]
    [Trait("Behaviour", "1")]
    public async Task Replaying_a_redeemed_code_revokes_the_tokens_it_bought_and_no_others()
    {
        var (client, alice) = await SignedInAsync();
        var other = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK);
        var code = await client.CodeAsync(alice, ("scope", "openid offline_access"));
        var bought = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        Assert.True(await client.IsActiveAsync(bought["access_token"]));

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");

        Assert.False(await client.IsActiveAsync(bought["access_token"]));
        (await client.RefreshAsync(bought["refresh_token"])).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        Assert.True(await client.IsActiveAsync(other["access_token"]));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public async Task Of_100_parallel_redemptions_one_wins_and_its_tokens_are_revoked_by_the_replays()
    {
        var (client, alice) = await SignedInAsync();
        var code = await client.CodeAsync(alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.RedeemAsync(code)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.IsError(
            HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code"));
        Assert.False(await client.IsActiveAsync(winner["access_token"]));
    }

    [Fact]
    [Trait("Behaviour", "3")]
    public async Task A_code_is_refused_30_seconds_after_it_was_redeemed()
    {
        var (client, alice) = await SignedInAsync();
        var code = await client.CodeAsync(alice);
        (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromSeconds(30));

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public async Task A_code_older_than_10_minutes_has_expired()
    {
        var (client, alice) = await SignedInAsync();
        var code = await client.CodeAsync(alice);

        host.Clock.Advance(new TokenLifetimes().AuthorizationCode + TimeSpan.FromSeconds(1));

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Authorization code expired");
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public async Task A_redeemed_code_is_a_replay_and_not_merely_expired()
    {
        var (client, alice) = await SignedInAsync();
        var code = await client.CodeAsync(alice);
        var bought = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        host.Clock.Advance(new TokenLifetimes().AuthorizationCode + TimeSpan.FromSeconds(1));

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        Assert.False(await client.IsActiveAsync(bought["access_token"]));
    }

    [Fact]
    [Trait("Behaviour", "5")]
    public async Task Another_clients_code_is_refused_and_stays_good_for_its_own()
    {
        var (client, alice) = await SignedInAsync();
        var mallory = await host.NewClientAsync("Mallory");
        var code = await client.CodeAsync(alice);

        (await mallory.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");

        (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public async Task A_wrong_verifier_is_refused_and_the_right_one_still_works()
    {
        var (client, alice) = await SignedInAsync();
        var code = await CodeWithChallengeAsync(client, alice);

        (await client.RedeemAsync(code, ("code_verifier", Verifier[1..] + "x")))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid code verifier");

        (await client.RedeemAsync(code, ("code_verifier", Verifier))).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public async Task Five_wrong_verifiers_burn_the_code()
    {
        var (client, alice) = await SignedInAsync();
        var code = await CodeWithChallengeAsync(client, alice);

        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await client.RedeemAsync(code, ("code_verifier", Verifier[1..] + attempt)))
                .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid code verifier");
        }

        (await client.RedeemAsync(code, ("code_verifier", Verifier)))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
    }

    [Fact]
    [Trait("Behaviour", "7")]
    public async Task Challenge_and_verifier_come_together_or_not_at_all()
    {
        var (client, alice) = await SignedInAsync();

        (await client.RedeemAsync(await CodeWithChallengeAsync(client, alice)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Missing required parameter: code_verifier");
        (await client.RedeemAsync(await client.CodeAsync(alice), ("code_verifier", Verifier)))
            .IsError(
                HttpStatusCode.BadRequest, "invalid_request", "Unexpected code verifier: the authorization request had no code challenge");
    }

    [Theory]
    [Trait("Behaviour", "11")]
    [InlineData(null)]
    [InlineData("https://yourapp.com/auth/callback/")]
    [InlineData("https://yourapp.com/auth/Callback")]
    [InlineData("https://elsewhere.example/auth/callback")]
    public async Task The_redirect_URI_of_the_token_request_must_be_the_one_of_the_authorization_request(string? redirectUri)
    {
        var (client, alice) = await SignedInAsync();

        (await client.RedeemAsync(await client.CodeAsync(alice), ("redirect_uri", redirectUri)))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid redirect URI");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("../../../etc/passwd")]
    [InlineData("%00%ff")]
    public async Task A_made_up_code_is_invalid(string code)
    {
        var client = await host.NewClientAsync();

        var answer = await client.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(code.Length == 0 ? "Missing required parameter: code" : "Invalid authorization code", answer["error_description"]);
    }

    [Fact]
    public async Task An_access_token_or_a_refresh_token_is_no_code()
    {
        var (client, alice) = await SignedInAsync();
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);

        (await client.RedeemAsync(bought["access_token"]))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await client.RedeemAsync(bought["refresh_token"]))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await client.RefreshAsync(bought["access_token"])).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
    }

    [Fact]
    [Trait("Behaviour", "31")]
    public async Task A_refresh_token_may_be_configured_to_live_for_90_days_and_what_ends_it_is_remembered_for_longer()
    {
        var lifetime = TimeSpan.FromDays(90);
        var server = host.NewReplica(("Tokens:RefreshToken", $"{lifetime}"));
        var (given, alice) = await SignedInAsync();
        var client = new TestClient(host, given.ClientId, given.Secret, given.RedirectUri, given.Owner, host.NewUserAgent(server));

        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        var refreshed = (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);

        var expiry = (long)(await client.IntrospectAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK).Json["exp"]!;
        Assert.Equal(lifetime.TotalSeconds, expiry - host.Clock.GetUtcNow().ToUnixTimeSeconds());
        (await client.RevokeAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(host.Redis.Address);
        var marks = await Task.WhenAll(
            redis.GetServers()[0].Keys(pattern: "oi:g:*").Select(key => redis.GetDatabase().KeyTimeToLiveAsync(key)));
        Assert.True(marks.Max() > lifetime);
    }

    [Theory]
    [InlineData("AccessToken", "00:00:00")]
    [InlineData("RefreshToken", "36500.00:00:00")]
    public void A_lifetime_that_makes_no_sense_keeps_the_server_from_starting(string setting, string value)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => host.NewReplica(($"Tokens:{setting}", value)));
        Assert.Contains("The lifetimes in the section Tokens", refused.Message, StringComparison.Ordinal);
    }

    private static Task<string> CodeWithChallengeAsync(TestClient client, UserAgent user) =>
        client.CodeAsync(user, ("code_challenge", Challenge), ("code_challenge_method", "S256"));

    private async Task<(TestClient Client, UserAgent Alice)> SignedInAsync() =>
        (await host.NewClientAsync(), await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));
}
