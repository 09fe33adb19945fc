using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

public sealed class SessionTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_session_ended_from_another_browser_is_signed_out_there_with_its_tokens()
    {
        var here = await ManagingUser.SignInAsync(host);
        var there = await ManagingUser.SignInAsync(host, here.User);
        var client = await host.NewClientAsync();

        var sessions = await SessionsAsync(here);
        Assert.Equal(2, sessions.Count);
        var other = Assert.Single(sessions, session => !(bool)session!["current"]!)!;
        (await here.SendAsync(HttpMethod.Delete, $"/sessions/{other["id"]}")).Is(HttpStatusCode.NoContent);

        (await there.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith(
            "/sign-in", (await there.Browser.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith(
            "/consent", (await here.Browser.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
        Assert.True((bool)Assert.Single(await SessionsAsync(here))!["current"]!);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task A_session_of_somebody_else_is_not_there()
    {
        var (alice, bob) = (await ManagingUser.SignInAsync(host), await ManagingUser.SignInAsync(host));
        var id = (await SessionsAsync(bob)).Single()!["id"];

        (await alice.SendAsync(HttpMethod.Delete, $"/sessions/{id}")).Is(HttpStatusCode.NotFound);
        (await alice.SendAsync(HttpMethod.Delete, "/sessions")).Is(HttpStatusCode.NoContent);

        Assert.Single(await SessionsAsync(bob));
        Assert.Single(await SessionsAsync(alice));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_new_password_ends_the_other_sessions_and_all_tokens_and_keeps_this_browser_signed_in()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var elsewhere = await host.NewUserAgent().SignInAsync(alice.User);
        var client = await host.NewClientAsync();
        var token = (await client.RedeemAsync(await client.CodeAsync(elsewhere))).Is(HttpStatusCode.OK)["access_token"];

        var wrong = (await alice.Browser.SubmitAsync("/password", ("Current", "not it"), ("Password", "another long password")))
            .Is(HttpStatusCode.OK);
        Assert.Equal("The password is wrong", UserAgent.Html(wrong).QuerySelector("#Current-error")!.TextContent);
        Assert.True(await client.IsActiveAsync(token));

        (await alice.Browser.SubmitAsync("/password", ("Current", alice.User.Password), ("Password", "another long password")))
            .Is(HttpStatusCode.Redirect);

        Assert.False(await client.IsActiveAsync(token));
        (await alice.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith(
            "/sign-in", (await elsewhere.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
        Assert.NotNull((await alice.Browser.GetAsync(client.AuthorizeUrl())).Query["code"]);
        (await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", alice.User.Email), ("Password", alice.User.Password)))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task Of_two_new_passwords_at_once_one_is_taken_and_works_and_the_other_is_refused()
    {
        string[] passwords = ["one other long password", "yet another long password"];
        for (var round = 0; round < 8; round++)
        {
            var user = await host.NewUserAsync();
            var browsers = await Task.WhenAll(passwords.Select(_ => host.NewUserAgent().SignInAsync(user)));
            var pages = await Task.WhenAll(browsers.Select(browser => browser.GetAsync("/password")));

            var answers = await Task.WhenAll(passwords.Select((password, index) => browsers[index].SubmitAsync(
                pages[index], "/password", ("Current", user.Password), ("Password", password))));

            // Whoever comes after the other was done has no session any more.
            var changed = answers.Select(answer => answer.Location?.OriginalString is "/account").ToList();
            Assert.Single(changed, true);
            Assert.All(answers.Where(answer => answer.Status is HttpStatusCode.OK), answer => Assert.Equal(
                "The password is wrong", UserAgent.Html(answer).QuerySelector("#Current-error")!.TextContent));
            foreach (var (password, isChanged) in passwords.Zip(changed))
            {
                (await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", password)))
                    .Is(isChanged ? HttpStatusCode.Redirect : HttpStatusCode.OK);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task API_keys_outlive_a_password_unless_their_user_says_otherwise_and_the_page_asks(bool end)
    {
        var alice = await ManagingUser.SignInAsync(host);
        Assert.Null(UserAgent.Html(await alice.Browser.GetAsync("/password")).QuerySelector("input[name=EndApiKeys]"));
        foreach (var name in new[] { "Laptop", "Server" })
        {
            (await alice.SendAsync(HttpMethod.Post, "/api-keys", $$"""{"name":"{{name}}","scopes":["tasks:read"]}"""))
                .Is(HttpStatusCode.Created);
        }

        var page = UserAgent.Html((await alice.Browser.GetAsync("/password")).Is(HttpStatusCode.OK));
        Assert.Contains(
            "End my API keys, too (2)", page.QuerySelector("label:has(input[name=EndApiKeys])")!.TextContent, StringComparison.Ordinal);
        (string, string)[] form = [("Current", alice.User.Password), ("Password", "another long password")];
        (await alice.Browser.SubmitAsync("/password", end ? [.. form, ("EndApiKeys", "true")] : form)).Is(HttpStatusCode.Redirect);

        var again = await ManagingUser.SignInAsync(host, alice.User with { Password = "another long password" });
        Assert.Equal(
            end ? 0 : 2, JsonNode.Parse((await again.SendAsync(HttpMethod.Get, "/api-keys")).Is(HttpStatusCode.OK).Body)!.AsArray().Count);
        Assert.Equal(end ? 2 : 0, (await again.AuditAsync()).Count(type => type == "api_key_deleted"));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_password_changes_and_a_user_is_disabled_whatever_of_theirs_ends_in_the_same_moment()
    {
        for (var round = 0; round < 6; round++)
        {
            var alice = await ManagingUser.SignInAsync(host);
            var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.NewUserAgent().SignInAsync(alice.User)));
            (await alice.SendAsync(HttpMethod.Post, "/api-keys", """{"name":"Laptop","scopes":["tasks:read"]}""")).Is(HttpStatusCode.Created);
            var key = JsonNode.Parse((await alice.SendAsync(HttpMethod.Get, "/api-keys")).Body)!.AsArray().Single()!["id"];

            var ending = Task.WhenAll(
                alice.SendAsync(HttpMethod.Delete, "/sessions"),
                alice.SendAsync(HttpMethod.Delete, $"/api-keys/{key}"),
                others[0].SubmitAsync("/sign-out"));
            if (round % 2 == 0)
            {
                (await alice.Browser.SubmitAsync(
                    "/password", ("Current", alice.User.Password), ("Password", "another long password"), ("EndApiKeys", "true")))
                    .Is(HttpStatusCode.Redirect);
                await host.NewUserAgent().SignInAsync(alice.User with { Password = "another long password" });
            }
            else
            {
                Assert.True(await AccessAsync(access => access.DisableAsync(alice.User.Id, CancellationToken.None)));
                (await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", alice.User.Email), ("Password", alice.User.Password)))
                    .Is(HttpStatusCode.OK);
            }

            // Whoever came second has no token or session any more, or finds nothing.
            Assert.All(await ending, answer => Assert.True((int)answer.Status < 500, $"{answer.Status} {answer.Body}"));
        }
    }

    [Fact]
    [Trait("Behaviour", "58")]
    public async Task A_browser_that_signs_out_twice_at_once_is_signed_out_and_it_is_noted_once()
    {
        var alice = await ManagingUser.SignInAsync(host);
        for (var round = 1; round <= 6; round++)
        {
            var browser = await host.NewUserAgent().SignInAsync(alice.User);
            var page = (await browser.GetAsync("/sign-out")).Is(HttpStatusCode.OK);

            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.SubmitAsync(page, "/sign-out")));

            // The page's form is nobody's any more once the cookie is gone.
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.BadRequest }));
            Assert.Equal(round, (await alice.AuditAsync()).Count(type => type == "signed_out"));
        }
    }

    [Theory]
    [InlineData("password")]
    [InlineData("alice-alice-alice")]
    public async Task A_new_password_that_is_quickly_guessed_is_refused_and_changes_nothing(string password)
    {
        var alice = await ManagingUser.SignInAsync(host);

        var page = UserAgent.Html((await alice.Browser.SubmitAsync("/password", ("Current", alice.User.Password), ("Password", password)))
            .Is(HttpStatusCode.OK));

        Assert.NotEmpty(page.QuerySelector("#Password-error")!.TextContent);
        (await alice.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.OK);
        await host.NewUserAgent().SignInAsync(alice.User);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task A_disabled_user_has_no_session_no_token_and_no_client_until_enabled_again()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var (other, hers) = (await host.NewClientAsync(), await host.NewClientAsync(owner: alice.User));
        var code = await other.CodeAsync(alice.Browser, ("scope", "openid offline_access"));
        var tokens = (await other.RedeemAsync(await other.CodeAsync(alice.Browser, ("scope", "openid offline_access"))))
            .Is(HttpStatusCode.OK);
        _ = (await hers.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        Assert.True(await AccessAsync(access => access.DisableAsync(alice.User.Id, CancellationToken.None)));

        Assert.False(await other.IsActiveAsync(tokens["access_token"]));
        (await other.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await other.RefreshAsync(tokens["refresh_token"])).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        (await hers.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");
        (await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", alice.User.Email), ("Password", alice.User.Password)))
            .Is(HttpStatusCode.OK);
        Assert.StartsWith(
            "/sign-in", (await alice.Browser.GetAsync(other.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);

        Assert.True(await AccessAsync(access => access.EnableAsync(alice.User.Id, CancellationToken.None)));
        await host.NewUserAgent().SignInAsync(alice.User);
        (await hers.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task A_disabled_client_is_unknown_and_what_it_was_issued_is_dead()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var client = await host.NewClientAsync(owner: alice.User);
        var watcher = await host.NewClientAsync();
        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];

        (await alice.SendAsync(HttpMethod.Post, $"/clients/{client.ClientId}/disable")).Is(HttpStatusCode.NoContent);
        (await client.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");

        (await alice.SendAsync(HttpMethod.Post, $"/clients/{client.ClientId}/enable")).Is(HttpStatusCode.NoContent);
        Assert.False(await client.IsActiveAsync(token));
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        (await alice.SendAsync(HttpMethod.Post, $"/clients/{watcher.ClientId}/disable")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Applications_are_listed_with_first_and_last_use_and_disconnected_all_at_once()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var client = await host.NewClientAsync();
        var first = host.Clock.GetUtcNow();
        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice.Browser, ("scope", "openid offline_access"))))
            .Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = host.Clock.GetUtcNow();
        var refreshed = (await client.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(15));

        JsonNode? consent = null;
        await TokenRedis.UntilAsync(async () =>
        {
            consent = JsonNode.Parse((await alice.SendAsync(HttpMethod.Get, "/consents")).Is(HttpStatusCode.OK).Body)!.AsArray().Single();
            return consent!["last_used_at"] is { } used && Near(used, later);
        });
        Assert.Equal(client.ClientId, (string?)consent!["client_id"]);
        Assert.True(Near(consent["granted_at"]!, first));

        (await alice.SendAsync(HttpMethod.Delete, "/consents")).Is(HttpStatusCode.NoContent);
        Assert.False(await client.IsActiveAsync(refreshed["access_token"]));
        Assert.Equal("[]", (await alice.SendAsync(HttpMethod.Get, "/consents")).Is(HttpStatusCode.OK).Body);
    }

    private static bool Near(JsonNode time, DateTimeOffset expected) =>
        (time.GetValue<DateTimeOffset>() - expected).Duration() < TimeSpan.FromSeconds(1);

    private static async Task<JsonArray> SessionsAsync(ManagingUser user) =>
        JsonNode.Parse((await user.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.OK).Body)!.AsArray();

    private async Task<bool> AccessAsync(Func<UserAccess, Task<bool>> act)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<UserAccess>());
    }
}
