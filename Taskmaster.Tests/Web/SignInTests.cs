using System.Net;
using System.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.Web;

/// <summary>Signing in and out, and what keeps a session alive in between.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string NoTasks = "[]";

    private WebStack _stack = null!;

    public async Task InitializeAsync()
    {
        _stack = await WebStack.StartAsync();
        _stack.TasksApi.Answer = context => context.Response.WriteAsync(NoTasks);
    }

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "22")]
    public async Task Signing_in_leaves_the_browser_one_cookie_without_a_token_in_it()
    {
        var web = _stack.NewWeb();
        using var browser = web.Browser();

        var page = await browser.GetStringAsync("/account/sign-in?returnUrl=/projects");

        Assert.Contains("Alice Example", page, StringComparison.Ordinal);
        Assert.Contains("Create project", page, StringComparison.Ordinal);
        var request = HttpUtility.ParseQueryString(
            Assert.Single(_stack.AuthServer.ReceivedAt("/oauth2/authorize")).PathAndQuery.Split('?')[1]);
        Assert.Equal("code", request["response_type"]);
        Assert.Equal("S256", request["code_challenge_method"]);
        Assert.Equal("http://localhost/signin-oidc", request["redirect_uri"]);
        Assert.Equal("openid profile email offline_access tasks:read tasks:write clients:manage", request["scope"]);
        Assert.Equal("Bearer access-2", _stack.TasksApi.Received.First().Headers["Authorization"]);

        var (cookie, attributes) = await SignInAsync(web);
        Assert.True(cookie.Length < 600, $"The cookie has {cookie.Length} characters.");
        Assert.Contains("httponly", attributes, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", attributes, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", attributes, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", attributes, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Behaviour", "22")]
    public async Task On_https_every_cookie_is_secure_and_the_session_bound_to_the_host()
    {
        const string origin = "https://tasks.example.com";
        await using var stack = await WebStack.StartAsync(origin);
        stack.TasksApi.Answer = context => context.Response.WriteAsync(NoTasks);
        var web = stack.NewWeb(origin);

        var (cookie, attributes) = await SignInAsync(web, origin);

        Assert.StartsWith("__Host-taskmaster.web=", cookie, StringComparison.Ordinal);
        Assert.Contains("secure", attributes, StringComparison.OrdinalIgnoreCase);
        using var browser = web.Browser(followRedirects: false);
        using var challenge = await browser.GetAsync("/projects");
        Assert.All(challenge.Headers.GetValues("Set-Cookie"), set => Assert.Contains("secure", set, StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith(origin + "/oauth2/authorize?", challenge.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(challenge.Headers.GetValues("Strict-Transport-Security"));
    }

    [Fact]
    [Trait("Behaviour", "22")]
    public async Task Signing_in_ends_the_session_the_browser_came_with_and_starts_another()
    {
        var web = _stack.NewWeb();
        var (planted, _) = await SignInAsync(web);

        var (own, _) = await SignInAsync(web, cookie: planted);

        Assert.NotEqual(planted, own);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/projects", own));
        Assert.Equal(HttpStatusCode.Redirect, await StatusOfAsync(web, "/projects", planted));
    }

    [Fact]
    public async Task After_a_rotation_of_the_signing_key_the_first_to_sign_in_notices_nothing()
    {
        using var web = _stack.NewWeb();
        _ = await SignInAsync(web);

        _stack.AuthServer.RotateKey();

        using var browser = web.Browser();
        using var page = await browser.GetAsync("/account/sign-in?returnUrl=%2Fprojects");
        Assert.Equal((HttpStatusCode.OK, "/projects"), (page.StatusCode, page.RequestMessage!.RequestUri!.AbsolutePath));
    }

    [Fact]
    public async Task A_session_works_on_every_replica()
    {
        var (cookie, _) = await SignInAsync(_stack.NewWeb());

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(_stack.NewWeb(), "/projects", cookie));
    }

    [Fact]
    public async Task Requests_on_two_replicas_that_find_the_token_expired_redeem_the_refresh_token_once()
    {
        WebFactory[] webs = [_stack.NewWeb(), _stack.NewWeb()];
        var (cookie, _) = await SignInAsync(webs[0]);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(webs[1], "/projects", cookie));
        _stack.TasksApi.Received.Clear();
        _stack.Clock.Ahead = TimeSpan.FromMinutes(61);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => StatusOfAsync(webs[number % 2], "/projects", cookie)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        var refresh = Assert.Single(_stack.AuthServer.ReceivedAt(
            "/oauth2/token"), request => request.Body.Contains("grant_type=refresh_token", StringComparison.Ordinal));
        Assert.Contains("refresh_token=refresh-2", refresh.Body, StringComparison.Ordinal);
        Assert.Equal(20, _stack.TasksApi.Received.Count(request => request.PathAndQuery == "/api/projects"));
        Assert.All(_stack.TasksApi.Received, request => Assert.Equal("Bearer access-3", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_that_is_not_about_to_expire_is_left_alone()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        _stack.Clock.Ahead = TimeSpan.FromMinutes(58);

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/projects", cookie));
        Assert.Single(_stack.AuthServer.ReceivedAt("/oauth2/token"));
    }

    [Fact]
    public async Task A_session_whose_refresh_token_is_refused_goes_to_sign_in_again()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        _stack.Clock.Ahead = TimeSpan.FromMinutes(61);
        _stack.AuthServer.AcceptsRefreshTokens = false;

        using var response = await GetAsync(web, "/projects", cookie);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("http://localhost/oauth2/authorize?", response.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/", cookie));
    }

    [Fact]
    public async Task A_token_the_API_no_longer_accepts_leads_to_sign_in_and_back()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        _stack.Clock.Ahead = TimeSpan.FromMinutes(1);
        _stack.TasksApi.Answer = RefuseAsync;

        using var response = await GetAsync(web, "/projects", cookie);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("http://localhost/oauth2/authorize?", response.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_the_API_refuses_from_the_start_does_not_go_in_circles()
    {
        var web = _stack.NewWeb();
        _stack.TasksApi.Answer = RefuseAsync;
        using var browser = web.Browser();

        using (var response = await browser.GetAsync("/projects"))
        {
            await IsOutagePageAsync(response);
        }

        Assert.Equal(2, _stack.AuthServer.ReceivedAt("/oauth2/authorize").Count());
        Assert.Equal(2, _stack.TasksApi.Received.Count(request => request.PathAndQuery == "/api/projects"));

        // Once, and not until the session is older: what was refused is gone, and the next page begins anew.
        _stack.TasksApi.Answer = context => context.Response.WriteAsync(NoTasks);
        using var again = await browser.GetAsync("/projects");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    /// <summary>After an RP-initiated logout, say, which ends what Web was issued (OpenID Connect RP-Initiated Logout 1.0 §2).</summary>
    [Fact]
    public async Task A_session_that_was_ended_elsewhere_right_after_it_began_is_no_outage()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        _stack.TasksApi.Answer = RefuseAsync;

        using var home = await GetAsync(web, "/", cookie);
        Assert.Equal(HttpStatusCode.Redirect, home.StatusCode);
        Assert.Equal("/", home.Headers.Location?.ToString());
        using var visited = await GetAsync(web, "/", cookie);
        Assert.Equal(HttpStatusCode.OK, visited.StatusCode);
        Assert.DoesNotContain("Alice Example", await visited.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var projects = await GetAsync(web, "/projects", cookie);
        Assert.StartsWith("http://localhost/oauth2/authorize?", projects.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_authorization_server_is_away_a_session_lives_on_its_token_and_then_waits()
    {
        var (cookie, _) = await SignInAsync(_stack.NewWeb());
        var web = _stack.NewWeb(authServer: "http://127.0.0.1:1");

        _stack.Clock.Ahead = TimeSpan.FromMinutes(59.5);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/projects", cookie));

        _stack.Clock.Ahead = TimeSpan.FromMinutes(61);
        using var response = await GetAsync(web, "/projects", cookie);
        await IsOutagePageAsync(response);

        _stack.Clock.Ahead = TimeSpan.FromMinutes(61);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(_stack.NewWeb(), "/projects", cookie));
    }

    [Fact]
    public async Task Signing_in_while_the_authorization_server_is_away_is_a_503_and_the_home_page_still_there()
    {
        var web = _stack.NewWeb(authServer: "http://127.0.0.1:1");
        using var response = await GetAsync(web, "/account/sign-in", cookie: null);

        await IsOutagePageAsync(response);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/", cookie: null));
    }

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task While_Redis_is_away_a_session_is_a_503_and_comes_back_with_it()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        _stack.Redis.Pause();
        using (var response = await GetAsync(web, "/projects", cookie))
        {
            await IsOutagePageAsync(response);
        }

        _stack.Redis.Continue();
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/projects", cookie));
    }

    [Fact]
    [Trait("Behaviour", "49")]
    public async Task Sessions_of_a_Redis_that_lost_its_data_sign_in_again()
    {
        var web = _stack.NewWeb();
        var (cookie, _) = await SignInAsync(web);
        await using (var redis = await TokenRedis.ConnectAsync(TokenRedis.Configure([_stack.Redis.Address])))
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        Assert.Equal(HttpStatusCode.Redirect, await StatusOfAsync(web, "/projects", cookie));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/", cookie));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task Signing_out_ends_the_session_revokes_its_tokens_and_signs_out_at_the_authorization_server()
    {
        var web = _stack.NewWeb();
        _stack.AuthServer.Management = context => context.Response.WriteAsync("[]");
        var (cookie, _) = await SignInAsync(web);
        using var browser = web.Browser(followRedirects: false);
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        using var page = await browser.GetAsync("/account");
        var antiforgery = page.Headers.GetValues("Set-Cookie")
            .Single(set => set.StartsWith("taskmaster.web.antiforgery=", StringComparison.Ordinal))
            .Split(';')[0];
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(await page.Content.ReadAsStringAsync()))]);
        browser.DefaultRequestHeaders.Remove("Cookie");
        browser.DefaultRequestHeaders.Add("Cookie", $"{cookie}; {antiforgery}");

        using var response = await browser.PostAsync("/account?handler=SignOut", form);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("http://localhost/oauth2/logout", response.Headers.Location?.GetLeftPart(UriPartial.Path));
        var logout = HttpUtility.ParseQueryString(response.Headers.Location!.Query);
        Assert.StartsWith("ey", logout["id_token_hint"], StringComparison.Ordinal);
        Assert.Equal("http://localhost/signout-callback-oidc", logout["post_logout_redirect_uri"]);
        var revoked = _stack.AuthServer.ReceivedAt("/oauth2/revoke").Select(request => request.Body).ToList();
        Assert.Contains(revoked, body => body.Contains("token=access-2", StringComparison.Ordinal));
        Assert.Contains(revoked, body => body.Contains("token=refresh-2", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, await StatusOfAsync(web, "/projects", cookie));
    }

    [Fact]
    public async Task A_callback_that_nobody_asked_for_is_a_page_that_says_so()
    {
        var web = _stack.NewWeb();
        using var response = await GetAsync(web, "/signin-oidc?code=x&state=y", cookie: null);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/sign-in-failed", response.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(web, "/sign-in-failed", cookie: null));
    }

    [Fact]
    public async Task A_return_address_of_another_site_is_ignored()
    {
        using var browser = _stack.NewWeb().Browser();
        using var response = await browser.GetAsync("/account/sign-in?returnUrl=//evil.example/");

        Assert.Equal("http://localhost/", response.RequestMessage?.RequestUri?.ToString());
    }

    private static async Task<(string Cookie, string Attributes)> SignInAsync(
        WebFactory web, string origin = "http://localhost", string? cookie = null)
    {
        using var browser = web.Browser(followRedirects: false);
        using var challenge = await browser.GetAsync("/account/sign-in");
        using var authorize = await browser.GetAsync(challenge.Headers.Location);
        var callback = authorize.Headers.Location!.ToString();
        Assert.StartsWith(origin + "/signin-oidc?", callback, StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, callback);
        request.Headers.Add("Cookie", string.Join(
            "; ", challenge.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0]).Append(cookie).OfType<string>()));
        using var direct = web.CreateClient(new() { BaseAddress = new(origin), AllowAutoRedirect = false, HandleCookies = false });
        using var signedIn = await direct.SendAsync(request);

        var session = signedIn.Headers.GetValues("Set-Cookie").Single(set => set.Contains("taskmaster.web=", StringComparison.Ordinal));
        return (session.Split(';')[0], session[session.IndexOf(';', StringComparison.Ordinal)..]);
    }

    private static async Task<HttpResponseMessage> GetAsync(WebFactory web, string path, string? cookie)
    {
        using var browser = web.CreateClient(new() { BaseAddress = new(web.Origin), AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await browser.SendAsync(request);
    }

    private static async Task<HttpStatusCode> StatusOfAsync(WebFactory web, string path, string? cookie)
    {
        using var response = await GetAsync(web, path, cookie);
        return response.StatusCode;
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static async Task IsOutagePageAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("<h1>Back in a moment</h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string TokenOf(string page) =>
        new HtmlParser().ParseDocument(page).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
}
