using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class ConsentTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    /// <summary>What is Taskmaster's own the page says in its own words; a user, whatever their name, is called a user.</summary>
    [Fact]
    [Trait("Behaviour", "18")]
    public async Task Nobody_passes_for_Taskmaster_by_calling_themselves_so()
    {
        var mallory = await host.NewUserAsync("Taskmaster");
        var client = await host.NewClientAsync("Taskmaster", owner: mallory);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var docs = new TestClient(host, "taskmaster-docs", ClientSecret: null, AuthServerHost.Origin + "/api/docs/", client.Owner);

        var theirs = UserAgent.Html(await ConsentPageAsync(alice, client.AuthorizeUrl()));
        var own = UserAgent.Html(await ConsentPageAsync(alice, docs.AuthorizeUrl(
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"))));

        Assert.Equal("A user who goes by the name Taskmaster. It is not part of Taskmaster.", MadeBy(theirs));
        Assert.Equal("Taskmaster", theirs.QuerySelectorAll("dd bdi")[^1].TextContent);
        Assert.Equal("Part of Taskmaster", MadeBy(own));

        static string MadeBy(AngleSharp.Html.Dom.IHtmlDocument page) =>
            page.QuerySelectorAll("dt").Single(term => term.TextContent == "Made by").NextElementSibling!.TextContent.Trim();
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task A_user_is_asked_once_and_again_only_for_what_is_new()
    {
        var (client, alice) = await SignedInAsync();

        var first = await ConsentPageAsync(alice, client.AuthorizeUrl(("scope", "openid tasks:read")));
        Assert.Empty(UserAgent.Html(first).QuerySelectorAll(".status"));
        await alice.AllowAsync(client.AuthorizeUrl(("scope", "openid tasks:read")));

        Assert.NotNull((await alice.GetAsync(client.AuthorizeUrl(("scope", "openid tasks:read")))).Query["code"]);
        Assert.NotNull((await alice.GetAsync(client.AuthorizeUrl(("scope", "tasks:read")))).Query["code"]);

        var again = await ConsentPageAsync(alice, client.AuthorizeUrl(("scope", "openid email tasks:read")));
        Assert.Equal("See your e-mail address", Assert.Single(
            UserAgent.Html(again).QuerySelectorAll("li:has(.status)")).FirstChild!.TextContent.Trim());
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Consent_to_read_tasks_does_not_cover_a_request_without_a_scope_for_tasks_which_may_write()
    {
        var (client, alice) = await SignedInAsync();
        await alice.AllowAsync(client.AuthorizeUrl(("scope", "openid tasks:read")));

        var page = await ConsentPageAsync(alice, client.AuthorizeUrl(("scope", "openid")));

        Assert.Contains("Create, change and delete your projects and tasks", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "13")]
    [Trait("Behaviour", "18")]
    [InlineData("none", "openid", false, false)]
    [InlineData("read", "openid", true, false)]
    [InlineData("read_write", "openid", true, true)]
    [InlineData("read_write", "openid tasks:read", true, false)]
    [InlineData("read", null, true, false)]
    [InlineData("none", null, false, false)]
    public async Task The_page_shows_what_the_application_will_be_able_to_do_with_tasks(
        string tasks, string? scope, bool reads, bool writes)
    {
        var client = await host.NewClientAsync(tasks: tasks);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var page = await ConsentPageAsync(alice, client.AuthorizeUrl(("scope", scope)));

        Assert.Contains("Know who you are", page.Body, StringComparison.Ordinal);
        Assert.Equal(reads, page.Body.Contains("See your projects and tasks", StringComparison.Ordinal));
        Assert.Equal(writes, page.Body.Contains("Create, change and delete your projects and tasks", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task Consent_is_one_users_and_for_one_client()
    {
        var (client, alice) = await SignedInAsync();
        await alice.AllowAsync(client.AuthorizeUrl());

        await ConsentPageAsync(alice, (await host.NewClientAsync("Another")).AuthorizeUrl());
        await ConsentPageAsync(await host.NewUserAgent().SignInAsync(await host.NewUserAsync("Bob")), client.AuthorizeUrl());
    }

    [Fact]
    [Trait("Behaviour", "17")]
    public async Task Deny_goes_back_without_a_code_and_is_not_remembered()
    {
        var (client, alice) = await SignedInAsync();

        var denied = await alice.DenyAsync(client.AuthorizeUrl(("state", "xyz")));

        Assert.StartsWith(client.RedirectUri + "?", denied.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("access_denied", denied.Query["error"]);
        Assert.Equal("xyz", denied.Query["state"]);
        Assert.Equal(AuthServerHost.Origin, denied.Query["iss"]);
        Assert.Null(denied.Query["code"]);
        await ConsentPageAsync(alice, client.AuthorizeUrl());
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task The_page_shows_who_asks_for_what_and_where_the_user_returns_to()
    {
        var owner = await host.NewUserAsync("Olivia");
        var client = await host.NewClientAsync("<b>My App</b>", owner: owner);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var page = await ConsentPageAsync(alice, client.AuthorizeUrl(("scope", "openid profile email offline_access")));

        var text = UserAgent.Html(page).QuerySelector("main")!.TextContent;
        foreach (var expected in new[] { "<b>My App</b>", "Olivia", "yourapp.com", "See your name", "See your e-mail address", "30 days" })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<b>My App</b>", page.Body, StringComparison.Ordinal);
        Assert.Equal(["Allow", "Deny"], UserAgent.Html(page).QuerySelectorAll("button").Select(button => button.TextContent));
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task The_page_cannot_be_framed_stored_or_told_to_others()
    {
        var (client, alice) = await SignedInAsync();

        var headers = (await ConsentPageAsync(alice, client.AuthorizeUrl())).Message.Headers;

        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.True(headers.CacheControl!.NoStore);
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task A_form_without_its_antiforgery_token_decides_nothing()
    {
        var (client, alice) = await SignedInAsync();
        var consentUrl = (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString;
        var forged = new HttpRequestMessage(
            HttpMethod.Post, consentUrl)
        { Content = new FormUrlEncodedContent([KeyValuePair.Create("choice", "allow")]) };

        (await alice.SendAsync(forged)).Is(HttpStatusCode.BadRequest);

        await ConsentPageAsync(alice, client.AuthorizeUrl());
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task Submitting_the_form_twice_is_harmless()
    {
        var (client, alice) = await SignedInAsync();
        var consentUrl = (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString;
        var page = (await alice.GetAsync(consentUrl)).Is(HttpStatusCode.OK);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.SubmitAsync(page, consentUrl, ("choice", "allow"))));

        Assert.All(answers, answer => answer.Is(HttpStatusCode.Redirect));
        Assert.NotNull((await alice.GetAsync(client.AuthorizeUrl())).Query["code"]);
    }

    [Fact]
    public async Task Another_users_pending_request_or_a_changed_one_is_no_request()
    {
        var (client, alice) = await SignedInAsync();
        var consentUrl = (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString;
        var bob = await host.NewUserAgent().SignInAsync(await host.NewUserAsync("Bob"));

        (await bob.GetAsync(consentUrl)).Is(HttpStatusCode.BadRequest);
        (await host.NewUserAgent().GetAsync(consentUrl)).Is(HttpStatusCode.BadRequest);
        (await alice.GetAsync(consentUrl.Replace("yourapp.com", "evil.example", StringComparison.Ordinal))).Is(HttpStatusCode.BadRequest);
        (await alice.GetAsync("/consent?returnUrl=%2Foauth2%2Fauthorize")).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Behaviour", "19")]
    public async Task After_a_POST_the_redirect_is_one_that_forgets_the_body()
    {
        var (client, alice) = await SignedInAsync();
        var user = await host.NewUserAsync();

        var signedIn = await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password));
        var consentUrl = (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString;
        var decided = await alice.SubmitAsync(consentUrl, ("choice", "allow"));

        Assert.All([signedIn, decided], answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Found, HttpStatusCode.SeeOther }));
    }

    [Fact]
    [Trait("Behaviour", "14")]
    public async Task Prompt_none_never_shows_a_page()
    {
        var (client, alice) = await SignedInAsync();

        var signedOut = await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("prompt", "none"), ("state", "xyz")));
        var withoutConsent = await alice.GetAsync(client.AuthorizeUrl(("prompt", "none"), ("state", "xyz")));
        await alice.AllowAsync(client.AuthorizeUrl());
        var withConsent = await alice.GetAsync(client.AuthorizeUrl(("prompt", "none"), ("state", "xyz")));

        Assert.Equal("login_required", signedOut.Query["error"]);
        Assert.Equal("consent_required", withoutConsent.Query["error"]);
        Assert.NotNull(withConsent.Query["code"]);
        Assert.All([signedOut, withoutConsent, withConsent], answer => Assert.Equal("xyz", answer.Query["state"]));
    }

    [Fact]
    [Trait("Behaviour", "14")]
    public async Task Prompt_consent_asks_again()
    {
        var (client, alice) = await SignedInAsync();
        await alice.AllowAsync(client.AuthorizeUrl());

        await ConsentPageAsync(alice, client.AuthorizeUrl(("prompt", "consent")));
        Assert.NotNull((await alice.AllowAsync(client.AuthorizeUrl(("prompt", "consent")))).Query["code"]);
    }

    [Theory]
    [Trait("Behaviour", "14")]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "1")]
    public async Task Prompt_login_and_max_age_make_the_user_sign_in_again(string parameter, string value)
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        await alice.AllowAsync(client.AuthorizeUrl());
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        var answer = (await alice.GetAsync(client.AuthorizeUrl((parameter, value)))).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/sign-in", answer.Location!.OriginalString, StringComparison.Ordinal);

        var signedIn = await alice.SubmitAsync(answer.Location.OriginalString, ("Email", user.Email), ("Password", user.Password));
        var code = (await alice.GetAsync(signedIn.Location!.OriginalString)).Query["code"];
        var idToken = IdToken.Read((await client.RedeemAsync(code!)).Is(HttpStatusCode.OK)["id_token"]);
        Assert.Equal(host.Clock.GetUtcNow().ToUnixTimeSeconds(), (long)idToken.Claims["auth_time"]!);
    }

    [Theory]
    [Trait("Behaviour", "14")]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "1")]
    public async Task The_sign_in_that_a_client_asked_for_cannot_be_skipped_by_editing_the_address(string parameter, string value)
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        await alice.AllowAsync(client.AuthorizeUrl());
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        var asked = (await alice.GetAsync(client.AuthorizeUrl((parameter, value)))).Is(HttpStatusCode.Redirect).Location!.OriginalString;
        var returnUrl = System.Web.HttpUtility.ParseQueryString(asked.Split('?')[1])["returnUrl"]!;
        var ticket = returnUrl[(returnUrl.IndexOf("resume=", StringComparison.Ordinal) + "resume=".Length)..];
        Assert.NotEmpty(ticket);

        // Straight to where the sign-in page would return to; with a ticket of one's own making; and with the ticket on another request.
        foreach (var edited in new[]
        {
            returnUrl,
            returnUrl.Replace(ticket, "CfDJ8AAAA", StringComparison.Ordinal),
            client.AuthorizeUrl((parameter, value), ("state", "xyz")) + "&resume=" + ticket,
        })
        {
            Assert.StartsWith(
                "/sign-in", (await alice.GetAsync(edited)).Is(HttpStatusCode.Redirect).Location!.OriginalString, StringComparison.Ordinal);
        }

        var signedIn = await alice.SubmitAsync(asked, ("Email", user.Email), ("Password", user.Password));
        Assert.NotNull((await alice.GetAsync(signedIn.Location!.OriginalString)).Query["code"]);
    }

    [Theory]
    [InlineData("allow", "code")]
    [InlineData("deny", "error")]
    public async Task A_form_post_answer_reaches_the_client_with_a_button_where_there_is_no_JavaScript(string choice, string field)
    {
        var (client, alice) = await SignedInAsync();
        var consent = (await alice.GetAsync(client.AuthorizeUrl(("response_mode", "form_post"), ("state", "a&\"<b"))))
            .Is(HttpStatusCode.Redirect);
        var decided = (await alice.SubmitAsync(consent.Location!.OriginalString, ("choice", choice))).Is(HttpStatusCode.Redirect);

        var page = (await alice.GetAsync(decided.Location!.OriginalString)).Is(HttpStatusCode.OK);

        var form = Assert.Single(UserAgent.Html(page).QuerySelectorAll("form"));
        Assert.Equal(("post", client.RedirectUri), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Equal(
            ("submit", "Continue"), (form.QuerySelector("button")!.GetAttribute("type"), form.QuerySelector("button")!.TextContent));
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(
            input => input.GetAttribute("name")!, input => input.GetAttribute("value")!, StringComparer.Ordinal);
        Assert.Equal("a&\"<b", fields["state"]);
        Assert.Equal(AuthServerHost.Origin, fields["iss"]);
        Assert.Contains("form-action https://yourapp.com;", Assert.Single(
            page.Message.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(choice is "deny" ? "access_denied" : fields[field], fields[field]);
        Assert.Equal(choice is "allow", fields.ContainsKey("code"));
        if (choice is "allow")
        {
            (await client.RedeemAsync(fields["code"])).Is(HttpStatusCode.OK);
        }
    }

    /// <summary>CSP3 §2.3.1 has no way to write an IPv6 address, and §6.7.2.8 matches no IPv4 address but 127.0.0.1.</summary>
    [Theory]
    [InlineData("https://yourapp.com/cb", "https://yourapp.com")]
    [InlineData("https://yourapp.com:8443/cb", "https://yourapp.com:8443")]
    [InlineData("http://localhost:7777/cb", "http://localhost:7777")]
    [InlineData("http://127.0.0.1:7777/cb", "http://127.0.0.1:7777")]
    [InlineData("http://127.0.0.2:7777/cb", "http:")]
    [InlineData("http://[::1]:7777/cb", "http:")]
    [InlineData("https://[2001:db8::1]/cb", "https:")]
    [InlineData("com.example.app:/cb", "com.example.app:")]
    public async Task A_form_post_answer_names_its_redirect_URI_as_a_source_that_browsers_read(string redirectUri, string source)
    {
        var client = await host.NewClientAsync(isPublic: true, redirectUris: redirectUri);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        (string, string?)[] request = [("response_mode", "form_post"), (
            "prompt", "none"), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256")];

        var page = (await alice.GetAsync(client.AuthorizeUrl(request))).Is(HttpStatusCode.OK);

        Assert.Equal(redirectUri, Assert.Single(UserAgent.Html(page).QuerySelectorAll("form")).GetAttribute("action"));
        Assert.Contains($"; form-action {source}; ", Assert.Single(
            page.Message.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taskmasters_own_client_needs_no_consent()
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var answer = await alice.GetAsync(
            $"/oauth2/authorize?response_type=code&client_id=taskmaster-web&redirect_uri={Uri.EscapeDataString(AuthServerHost.Origin + "/signin-oidc")}"
            + "&scope=openid%20clients%3Amanage&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");

        Assert.NotNull(answer.Query["code"]);
    }

    private static async Task<Answer> ConsentPageAsync(UserAgent user, string authorizeUrl)
    {
        var answer = (await user.GetAsync(authorizeUrl)).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/consent?", answer.Location!.OriginalString, StringComparison.Ordinal);
        return (await user.GetAsync(answer.Location.OriginalString)).Is(HttpStatusCode.OK);
    }

    private async Task<(TestClient Client, UserAgent Alice)> SignedInAsync() =>
        (await host.NewClientAsync(), await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));
}
