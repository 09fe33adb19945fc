using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Taskmaster.Web.SignIn;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <summary>What a user typed is there after whatever kept it from being taken.</summary>
public sealed class TypedTextTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>, IAsyncLifetime
{
    private const string NotDone = "You had to sign in again. What you sent is not done yet: look at it, and send it again.";

    private readonly WebStack _stack = fixture.Stack;
    private WebFactory _web = fixture.Web;
    private Fixtures.Browser _browser = null!;

    public static TheoryData<string, string, string> Forms => new()
    {
        { "/projects", "Create project", "Name" },
        { $"/projects/{Id}/edit", "Save", "Description" },
        { "/tasks/new", "Create task", "Title" },
        { $"/tasks/{Id}?returnUrl=%2Ftasks%3Fq%3Ddocs", "Save", "Description" },
        { "/developer/new", "Create application", "Redirect URIs" },
        { $"/developer/{Id}", "Save", "Post-logout redirect URIs" },
        { $"/developer/{Id}", "Add secret", "Secret name" },
        { "/developer/api-keys", "Create API key", "Name" },
    };

    public async Task InitializeAsync()
    {
        _stack.TasksApi.Answer = TasksApiAsync;
        _stack.AuthServer.Management = ManagementAsync;
        _browser = await SignedInAsync();
    }

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Comes_back_when_the_session_had_ended(string form, string button, string label)
    {
        await _browser.OpenAsync(form);
        EndSession();
        _stack.TasksApi.Received.Clear();
        _stack.AuthServer.Forget();

        await _browser.SubmitAsync(button, (label, "typed before"));

        IsRestored(form, label);
        Assert.DoesNotContain(_stack.TasksApi.Received, request => request.Body.Contains("typed before", StringComparison.Ordinal));
        Assert.DoesNotContain(_stack.AuthServer.Received, request => request.Body.Contains("typed before", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Comes_back_when_a_service_no_longer_takes_the_token(string form, string button, string label)
    {
        await _browser.OpenAsync(form);
        var token = _stack.TasksApi.Received.Last().Headers["Authorization"];
        _stack.TasksApi.Answer = Refusing(TasksApiAsync);
        _stack.AuthServer.Management = Refusing(ManagementAsync);

        await _browser.SubmitAsync(button, (label, "typed before"));

        IsRestored(form, label);

        RequestDelegate Refusing(RequestDelegate answer) => context =>
        {
            if (context.Request.Headers.Authorization != token)
            {
                return answer(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Comes_back_when_its_form_is_of_an_earlier_sign_in(string form, string button, string label)
    {
        await _browser.OpenAsync(form);
        foreach (var token in _browser.Page.QuerySelectorAll("input[name=__RequestVerificationToken]").Cast<IHtmlInputElement>())
        {
            token.Value = "of somebody else";
        }

        await _browser.SubmitAsync(button, (label, "typed before"));

        IsRestored(form, label);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Stays_on_the_page_that_says_a_service_is_away_and_is_sent_again_from_there(string form, string button, string label)
    {
        // A Web of its own: its circuit breakers count what fails.
        _web = _stack.NewWeb();
        _browser.Dispose();
        _browser = await SignedInAsync();
        await _browser.OpenAsync(form);
        (_stack.TasksApi.Answer, _stack.AuthServer.Management) = (AwayAsync, AwayAsync);

        await _browser.SubmitAsync(button, (label, "typed before"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _browser.Status);
        await _browser.SubmitAsync("Try again");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _browser.Status);

        (_stack.TasksApi.Answer, _stack.AuthServer.Management) = (TasksApiAsync, ManagementAsync);
        _stack.TasksApi.Received.Clear();
        _stack.AuthServer.Forget();
        await _browser.SubmitAsync("Try again");

        Assert.Equal(HttpStatusCode.OK, _browser.Status);
        Assert.Single(
            _stack.TasksApi.Received.Concat(_stack.AuthServer.Received),
            request => request.Method is "POST" or "PUT" && request.Body.Contains("typed before", StringComparison.Ordinal));

        static Task AwayAsync(HttpContext context)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Survives_the_loss_of_all_sessions()
    {
        await using var stack = await WebStack.StartAsync();
        stack.TasksApi.Answer = TasksApiAsync;
        _web = stack.NewWeb();
        _browser.Dispose();
        _browser = await SignedInAsync();
        await _browser.OpenAsync("/tasks/new");
        await stack.Redis.KillAsync();

        await _browser.SubmitAsync("Create task", ("Title", "typed before"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, _browser.Status);

        stack.Redis.Start();
        await using var connection = await TokenStore.Servers.TokenRedis.ConnectAsync(
            TokenStore.Servers.TokenRedis.Configure([stack.Redis.Address]));
        while (_browser.Status == HttpStatusCode.ServiceUnavailable)
        {
            await _browser.SubmitAsync("Try again");
        }

        IsRestored("/tasks/new", "Title");
    }

    [Fact]
    public async Task Comes_back_with_choices_and_boxes_as_they_were()
    {
        await _browser.OpenAsync("/developer/new");
        EndSession();
        _browser.Tick("Public", true);
        await _browser.SubmitAsync("Create application", ("What it may ask for", "Sign people in only"));

        Assert.True(_browser.IsTicked("Public"));
        Assert.Equal("Sign people in only", _browser.Value("What it may ask for"));

        EndSession();
        _browser.Tick("Public", false);
        await _browser.SubmitAsync("Create application");

        Assert.False(_browser.IsTicked("Public"));
    }

    [Fact]
    public async Task Is_forgotten_once_it_is_taken()
    {
        await _browser.OpenAsync("/tasks/new");
        EndSession();
        await _browser.SubmitAsync("Create task", ("Title", "typed before"));
        var restored = _browser.Location.PathAndQuery;

        await _browser.SubmitAsync("Create task");
        Assert.Contains("created", _browser.Page.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);

        await _browser.OpenAsync(restored);
        Assert.Equal("", _browser.Value("Title"));
    }

    [Fact]
    public async Task Is_for_the_browser_it_was_typed_in_alone()
    {
        using var other = await SignedInAsync();
        await other.OpenAsync("/tasks/new");
        await _browser.OpenAsync("/tasks/new");
        EndSession();
        await _browser.SubmitAsync("Create task", ("Title", "typed before"));

        await other.OpenAsync(_browser.Location.PathAndQuery);

        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal("", other.Value("Title"));
        await _browser.OpenAsync(_browser.Location.PathAndQuery);
        Assert.Equal("typed before", _browser.Value("Title"));
    }

    [Fact]
    public async Task Is_kept_without_a_client_secret()
    {
        await _browser.OpenAsync($"/developer/{Id}/try");
        var button = _browser.Page.QuerySelectorAll("button").Single(button => button.TextContent == "Add this redirect URI");
        button.Insert(
            AngleSharp.Dom.AdjacentPosition.BeforeBegin,
            """<input name="ClientSecret" value="canary-secret"><input name="Code" value="typed before">""");
        EndSession();
        await _browser.SubmitAsync("Add this redirect URI");

        var request = new DefaultHttpContext().Request;
        request.QueryString = new(_browser.Location.Query);
        request.Headers.Cookie = _browser.Cookies.GetCookieHeader(_browser.Location);
        var kept = await _web.Services.GetRequiredService<TypedForms>().FindAsync(request);

        Assert.Equal("typed before", kept!["Code"]);
        Assert.DoesNotContain("ClientSecret", kept.Keys);
    }

    [Fact]
    public async Task Is_not_kept_of_another_sites_form()
    {
        await _browser.OpenAsync("/tasks/new");

        // What SameSite leaves out, and what another site cannot know.
        foreach (Cookie cookie in _browser.Cookies.GetAllCookies())
        {
            cookie.Expired = true;
        }

        await _browser.SubmitAsync("Create task", ("Title", "written by another site"));

        Assert.Equal("/tasks/new", _browser.Location.PathAndQuery);
        Assert.Equal("", _browser.Value("Title"));
    }

    /// <summary>Whoever opened a page has an antiforgery cookie: by itself it must not fill Redis.</summary>
    [Theory]
    [InlineData("taskmaster.web.antiforgery", false, 0)]
    [InlineData("taskmaster.web.antiforgery taskmaster.web taskmaster.web.browser", true, 0)]
    [InlineData("taskmaster.web.antiforgery taskmaster.web.browser", false, 1)]
    public async Task Is_kept_only_for_a_browser_that_Web_signed_in(string sent, bool forged, int kept)
    {
        await _browser.OpenAsync("/tasks/new");
        var before = await KeysAsync();

        await PostWithoutSessionAsync(CookiesOf(sent, forged), "typed before");

        Assert.Equal(before + kept, await KeysAsync());
    }

    [Fact]
    public async Task Fills_one_key_of_the_last_forms_however_many_a_browser_sends()
    {
        await _browser.OpenAsync("/tasks/new");
        var before = await KeysAsync();
        List<string> addresses = [];

        for (var form = 0; form < 4 * TypedForms.MostForms; form++)
        {
            addresses.Add(await PostWithoutSessionAsync(CookiesOf("taskmaster.web.antiforgery taskmaster.web.browser"), $"typed {form}"));
        }

        Assert.Equal(before + 1, await KeysAsync());
        await using var redis = await ConnectAsync();
        var server = redis.GetServers().Single();
        var keys = await server.KeysAsync(pattern: "web:typed:*").ToListAsync();
        Assert.All(keys, key => Assert.InRange(redis.GetDatabase().ListLength(key), 1, TypedForms.MostForms));
        Assert.All(keys, key => Assert.NotNull(redis.GetDatabase().KeyTimeToLive(key)));
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
    }

    [Fact]
    public async Task Is_not_kept_when_it_is_larger_than_a_form_that_people_fill_in()
    {
        await _browser.OpenAsync("/tasks/new");
        var cookies = CookiesOf("taskmaster.web.antiforgery taskmaster.web.browser");
        var before = await KeysAsync();

        await PostWithoutSessionAsync(cookies, new string('x', TypedForms.MostBytes));
        Assert.Equal(before, await KeysAsync());

        await PostWithoutSessionAsync(cookies, new string('x', TypedForms.MostBytes / 2));
        Assert.Equal(before + 1, await KeysAsync());
    }

    private string CookiesOf(string names, bool forged = false) => string.Join("; ", names.Split(' ').Select(name =>
    {
        var value = _browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == name).Value;
        return $"{name}={(forged && name != "taskmaster.web.antiforgery" ? value[..^4] + "AAAA" : value)}";
    }));

    /// <returns>Where the form leads: to the authorization endpoint, with another state each time.</returns>
    private async Task<string> PostWithoutSessionAsync(string cookies, string title)
    {
        using var client = _web.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tasks/new")
        {
            Content = new FormUrlEncodedContent(
                [new("Title", title), new("__RequestVerificationToken", "of a session that is gone")]),
            Headers = { { "Cookie", cookies } },
        };
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    private async Task<long> KeysAsync()
    {
        await using var redis = await ConnectAsync();
        return await redis.GetServers().Single().DatabaseSizeAsync();
    }

    private Task<IConnectionMultiplexer> ConnectAsync() =>
        TokenStore.Servers.TokenRedis.ConnectAsync(TokenStore.Servers.TokenRedis.Configure([_stack.Redis.Address]));

    private async Task<Fixtures.Browser> SignedInAsync()
    {
        var browser = _web.Reader();
        await browser.OpenAsync("/account/sign-in?returnUrl=/projects");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return browser;
    }

    private void EndSession() => _browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == "taskmaster.web").Expired = true;

    private void IsRestored(string form, string label)
    {
        Assert.Equal(HttpStatusCode.OK, _browser.Status);
        Assert.StartsWith(form + (form.Contains('?', StringComparison.Ordinal)
            ? "&typed="
            : "?typed="), _browser.Location.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("typed before", _browser.Value(label));
        Assert.Equal(NotDone, _browser.Page.QuerySelector(".notice.warning[role=status]")?.TextContent);
    }
}
