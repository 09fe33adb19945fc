using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Device;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>RFC 8628.</summary>
public sealed partial class DeviceAuthorizationTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private const string OfflineScopes = "openid profile offline_access";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task The_device_gets_its_tokens_when_the_user_has_allowed_it()
    {
        var device = await NewDeviceAsync();
        var user = await host.NewUserAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        var started = await StartAsync(device, ("scope", "openid profile offline_access"));
        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "authorization_pending", "The user has not decided yet");

        var page = UserAgent.Html((await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK));
        Assert.Contains(started["user_code"], page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("My television", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        await DecideAsync(alice, started["user_code"], "allow");

        host.Clock.Advance(Interval);
        var tokens = (await PollAsync(device, started)).Is(HttpStatusCode.OK);
        Assert.Equal(["access_token", "expires_in", "id_token", "refresh_token", "token_type"], tokens.Json.Select(member => member.Key)
            .Where(name => name != "scope")
            .Order(StringComparer.Ordinal));
        Assert.Equal(user.Id.ToString("D"), (string?)IdToken.Read(tokens["id_token"]).Claims["sub"]);
        (await device.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_the_device_is_told_is_what_the_RFC_lists()
    {
        var started = await StartAsync(await NewDeviceAsync());

        Assert.Equal(
            ["device_code", "expires_in", "interval", "user_code", "verification_uri", "verification_uri_complete"],
            started.Json.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("600", started["expires_in"]);
        Assert.Equal("5", started["interval"]);
        Assert.Equal(AuthServerHost.Origin + "/oauth2/verify", started["verification_uri"]);
        Assert.Equal($"{AuthServerHost.Origin}/oauth2/verify?user_code={started["user_code"]}", started["verification_uri_complete"]);
        Assert.Equal(43, started["device_code"].Length);
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_user_code_has_more_than_twenty_bits()
    {
        var device = await NewDeviceAsync();
        var codes = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            codes.Add((await StartAsync(device))["user_code"]);
        }

        Assert.All(codes, code => Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", code));
        Assert.Equal(codes.Count, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.True(Math.Log2(Math.Pow(UserCodes.Alphabet.Length, UserCodes.Length)) > 34);
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_code_may_be_typed_in_small_letters_and_without_its_hyphen()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);
        var letters = started["user_code"].Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant();

        foreach (var typed in new[] { letters, $" {letters[..3]} {letters[3..]}-", started["user_code"] })
        {
            var page = (await alice.SubmitAsync("/oauth2/verify", ("user_code", typed))).Is(HttpStatusCode.OK);
            Assert.Contains("My television", UserAgent.Html(page).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task After_five_wrong_codes_no_code_is_looked_at_any_more()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);
        for (var attempt = 0; attempt < VerificationAttempts.Maximum; attempt++)
        {
            var page = UserAgent.Html((await alice.SubmitAsync("/oauth2/verify", ("user_code", $"BBBB-BBB{UserCodes.Alphabet[attempt]}")))
                .Is(HttpStatusCode.OK));
            Assert.Contains("This code is not known", page.QuerySelector("#user_code-error")!.TextContent, StringComparison.Ordinal);
        }

        var refused = (await alice.SubmitAsync("/oauth2/verify", ("user_code", started["user_code"]))).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal("600", refused.Message.Headers.RetryAfter!.ToString());
        var bob = await host.NewUserAgent().SignInAsync(await host.NewUserAsync("Bob"));
        (await bob.SubmitAsync("/oauth2/verify", ("user_code", started["user_code"]))).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_right_code_costs_no_attempt_and_forgives_none()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        for (var attempt = 0; attempt < VerificationAttempts.Maximum; attempt++)
        {
            (await alice.SubmitAsync("/oauth2/verify", ("user_code", started["user_code"]))).Is(HttpStatusCode.OK);
            (await alice.SubmitAsync("/oauth2/verify", ("user_code", "BBBB-BBBB"))).Is(HttpStatusCode.OK);
        }

        (await alice.SubmitAsync("/oauth2/verify", ("user_code", started["user_code"]))).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_device_that_polls_too_fast_must_slow_down_for_the_rest_of_the_code()
    {
        var device = await NewDeviceAsync();
        var started = await StartAsync(device);

        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "authorization_pending", "The user has not decided yet");
        (await PollAsync(device, started))
            .IsError(HttpStatusCode.BadRequest, "slow_down", "Polled too soon: wait longer between two polls");
        host.Clock.Advance(Interval);
        (await PollAsync(device, started))
            .IsError(HttpStatusCode.BadRequest, "slow_down", "Polled too soon: wait longer between two polls");
        host.Clock.Advance(3 * Interval);
        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "authorization_pending", "The user has not decided yet");
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task A_user_code_is_used_once_and_opening_its_page_again_harms_nothing()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device, ("scope", "openid profile"));
        await DecideAsync(alice, started["user_code"], "allow");

        var again = UserAgent.Html((await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK));

        Assert.Contains("This code is not known", again.QuerySelector("#user_code-error")!.TextContent, StringComparison.Ordinal);
        var token = (await PollAsync(device, started)).Is(HttpStatusCode.OK)["access_token"];
        (await UserInfoAsync(token)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Allow_pressed_many_times_at_once_is_pressed_once()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device, ("scope", "openid profile"));
        var page = (await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => alice.SubmitAsync(page, "/oauth2/verify", ("choice", "allow"))));

        Assert.All(answers, answer => Assert.Equal(
            "/oauth2/verify?decided=allow", answer.Is(HttpStatusCode.Redirect).Location!.OriginalString));
        var token = (await PollAsync(device, started)).Is(HttpStatusCode.OK)["access_token"];
        (await UserInfoAsync(token)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_page_asks_to_sign_in_first_and_comes_back_to_the_code()
    {
        var started = await StartAsync(await NewDeviceAsync());
        var user = await host.NewUserAsync();
        var alice = host.NewUserAgent();

        var signIn = (await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.Redirect);
        var signedIn = (await alice.SubmitAsync(signIn.Location!.OriginalString, ("Email", user.Email), ("Password", user.Password)))
            .Is(HttpStatusCode.Redirect);
        var page = UserAgent.Html((await alice.GetAsync(signedIn.Location!.OriginalString)).Is(HttpStatusCode.OK));

        Assert.Contains("My television", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("script, style, [style]"));
    }

    [Fact]
    public async Task Nobody_is_connected_without_the_pages_own_form()
    {
        var device = await NewDeviceAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        var forged = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/verify")
        {
            Content = new FormUrlEncodedContent([new("user_code", started["user_code"]), new("choice", "allow")]),
        });

        forged.Is(HttpStatusCode.BadRequest);
        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "authorization_pending", "The user has not decided yet");
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task A_web_application_has_no_device_and_another_client_not_this_ones_code()
    {
        var web = await host.NewClientAsync();
        (await web.PostAsync("/oauth2/device"))
            .IsError(HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this endpoint");

        var (device, other) = (await NewDeviceAsync(), await NewDeviceAsync());
        var started = await StartAsync(device);
        (await PollAsync(other, started)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid device code");
        (await PollAsync(device, ("made-up"))).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid device code");
        (await device.PostAsync("/oauth2/device", ("scope", "nonsense")))
            .IsError(HttpStatusCode.BadRequest, "invalid_scope", "Invalid scope: nonsense");
    }

    [Fact]
    [Trait("Behaviour", "47")]
    public async Task Another_clients_polls_neither_slow_the_owner_down_nor_tell_how_the_code_stands()
    {
        var (device, other) = (await NewDeviceAsync(), await NewDeviceAsync());
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = await StartAsync(device);

        for (var poll = 0; poll < 3; poll++)
        {
            (await PollAsync(other, started)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid device code");
        }

        (await PollAsync(device, started)).IsError(HttpStatusCode.BadRequest, "authorization_pending", "The user has not decided yet");
        await DecideAsync(alice, started["user_code"], "allow");
        (await PollAsync(other, started)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid device code");
        (await PollAsync(device, started)).Is(HttpStatusCode.OK);
    }

    /// <summary>RFC 8628 §3.5 has five seconds, whatever the interval is.</summary>
    [Fact]
    [Trait("Behaviour", "47")]
    public async Task Slowing_down_adds_five_seconds_to_an_interval_of_any_length()
    {
        var server = host.NewReplica(("Tokens:DevicePollingInterval", "00:00:20"));
        var device = await NewDeviceAsync();
        async Task<Answer> AskAsync(string path, params (string Name, string Value)[] form) =>
            await host.NewUserAgent(server).SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(
                form.Append(("client_id", device.ClientId)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
            });
        var started = (await AskAsync("/oauth2/device")).Is(HttpStatusCode.OK);
        Assert.Equal("20", started["interval"]);
        Task<Answer> PollHereAsync() => AskAsync(
            "/oauth2/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", started["device_code"]));

        Assert.Equal("authorization_pending", (await PollHereAsync())["error"]);
        Assert.Equal("slow_down", (await PollHereAsync())["error"]);
        host.Clock.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal("authorization_pending", (await PollHereAsync())["error"]);
    }

    private async Task<TestClient> NewDeviceAsync() => await host.NewClientAsync("My television", isPublic: true);

    private static async Task<Answer> StartAsync(TestClient device, params (string Name, string? Value)[] parameters) =>
        (await device.PostAsync("/oauth2/device", parameters)).Is(HttpStatusCode.OK);

    private static Task<Answer> PollAsync(TestClient device, Answer started) => PollAsync(device, started["device_code"]);

    private static Task<Answer> PollAsync(TestClient device, string deviceCode) =>
        device.TokenAsync(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", deviceCode));

    private static async Task DecideAsync(UserAgent user, string userCode, string choice)
    {
        var page = (await user.SubmitAsync("/oauth2/verify", ("user_code", userCode))).Is(HttpStatusCode.OK);
        var decided = (await user.SubmitAsync(page, "/oauth2/verify", ("choice", choice))).Is(HttpStatusCode.Redirect);
        Assert.Equal($"/oauth2/verify?decided={choice}", decided.Location!.OriginalString);
        (await user.GetAsync(decided.Location.OriginalString)).Is(HttpStatusCode.OK);
    }

    private async Task<Answer> UserInfoAsync(string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo");
        request.Headers.Authorization = new("Bearer", token);
        return await host.NewUserAgent().SendAsync(request);
    }
}
