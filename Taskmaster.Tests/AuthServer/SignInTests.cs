using System.Net;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class SignInTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task Signing_up_signs_in_and_leads_to_the_welcome()
    {
        var alice = host.NewUserAgent();

        var answer = await alice.SubmitAsync(
            "/sign-up", ("Name", "Alice"), ("Email", "alice.first@example.com"), ("Password", "correct horse battery"));

        answer.Is(HttpStatusCode.Redirect);
        Assert.Equal("/welcome", answer.Location!.OriginalString);
        var client = await host.NewClientAsync();
        Assert.StartsWith("/consent", (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a@example.com", "long enough", "Name")]
    [InlineData("Alice", "not an address", "long enough", "Email")]
    [InlineData("Alice", "", "long enough", "Email")]
    [InlineData("Alice", "a@example.com", "short", "Password")]
    [InlineData("\u200b\u2060", "a@example.com", "long enough", "Name")]
    [InlineData("Taskmaster", "a@example.com", "long enough", "Name")]
    [InlineData("Alice", "a@b", "long enough", "Email")]
    [InlineData("Alice", "a b@example.com", "long enough", "Email")]
    [InlineData("Alice", "a@example.com", "password", "Password")]
    [InlineData("Alice", "alice.miller@example.com", "alice.miller@example.com", "Password")]
    public async Task What_is_wrong_with_a_sign_up_is_said_at_the_field_and_linked_from_the_top(
        string name, string email, string password, string field)
    {
        var page = (await host.NewUserAgent().SubmitAsync("/sign-up", ("Name", name), ("Email", email), ("Password", password)))
            .Is(HttpStatusCode.OK);

        var html = UserAgent.Html(page);
        var link = Assert.Single(html.QuerySelectorAll(".notice.error a"));
        Assert.Equal($"#{field}", link.GetAttribute("href"));
        Assert.NotEmpty(html.QuerySelector($"#{field}-error")!.TextContent);
        Assert.Equal("true", html.QuerySelector($"#{field}")!.GetAttribute("aria-invalid"));
        Assert.Empty(html.QuerySelector("#Password")!.GetAttribute("value") ?? string.Empty);
    }

    [Fact]
    public async Task An_address_has_one_account_whatever_its_case()
    {
        var user = await host.NewUserAsync();

        var page = (await host.NewUserAgent().SubmitAsync(
            "/sign-up", ("Name", "Alice"), ("Email", user.Email.ToUpperInvariant()), ("Password", "long enough"))).Is(HttpStatusCode.OK);

        Assert.Contains("There is an account with this e-mail address already", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "44")]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_page()
    {
        var user = await host.NewUserAsync();

        var wrong = await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", "wrong password"));
        var unknown = await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", "nobody@example.com"), ("Password", "wrong password"));

        wrong.Is(HttpStatusCode.OK);
        Assert.Equal(Problem(wrong), Problem(unknown));
        Assert.Contains("The e-mail address or the password is wrong", Problem(wrong), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "44")]
    public async Task Ten_wrong_passwords_lock_the_account_for_a_while_without_saying_so()
    {
        var user = await host.NewUserAsync();
        var page = string.Empty;
        for (var attempt = 0; attempt < SignInService.FailuresBeforeLockout; attempt++)
        {
            page = Problem(await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", "wrong password")));
        }

        var locked = await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password));
        locked.Is(HttpStatusCode.OK);
        Assert.Equal(page, Problem(locked));

        host.Clock.Advance(SignInService.LockoutLength + TimeSpan.FromSeconds(1));
        await host.NewUserAgent().SignInAsync(user);
    }

    [Fact]
    [Trait("Behaviour", "22")]
    public async Task The_session_cookie_changes_at_every_sign_in_and_is_for_the_server_only()
    {
        var user = await host.NewUserAsync();
        var alice = host.NewUserAgent();

        var first = Cookie(await alice.SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password)), "taskmaster.auth");
        var second = Cookie(await alice.SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password)), "taskmaster.auth");

        Assert.NotEqual(first.Split(';')[0], second.Split(';')[0]);
        Assert.Contains("httponly", second, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", second, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", second + ";", StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task A_return_address_elsewhere_is_ignored(string returnUrl)
    {
        var user = await host.NewUserAsync();

        var answer = await host.NewUserAgent().SubmitAsync(
            $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("Email", user.Email), ("Password", user.Password));

        answer.Is(HttpStatusCode.Redirect);
        Assert.Equal("/projects", answer.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/projects?q=日本", "/projects?q=%E6%97%A5%E6%9C%AC")]
    [InlineData("/projects?q=a b&r=%41𝄞", "/projects?q=a%20b&r=%41%F0%9D%84%9E")]
    public async Task A_return_address_beyond_ASCII_is_percent_encoded(string returnUrl, string location)
    {
        var user = await host.NewUserAsync();
        var browser = host.NewUserAgent();
        var query = $"?returnUrl={Uri.EscapeDataString(returnUrl)}";

        var answers = new[]
        {
            await host.NewUserAgent().SubmitAsync(
                "/sign-up" + query, ("Name", "Alice"), ("Email", $"new{returnUrl.Length}@example.com"), ("Password", "long enough")),
            await browser.SubmitAsync("/sign-in" + query, ("Email", user.Email), ("Password", user.Password)),
            await browser.SubmitAsync("/sign-out" + query),
        };

        // As it was sent: a header that is parsed is percent-encoded by that.
        Assert.All(answers, answer => Assert.Equal(
            (HttpStatusCode.Redirect, location), (answer.Status, answer.Message.Headers.NonValidated["Location"].ToString())));
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        (await alice.SubmitAsync("/sign-out")).Is(HttpStatusCode.Redirect);

        Assert.StartsWith("/sign-in", (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in", "Email,Password", "Sign in")]
    [InlineData("/sign-up", "Name,Email,Password", "Sign up")]
    public async Task The_labels_and_buttons_are_the_agreed_ones(string path, string labels, string button)
    {
        var html = UserAgent.Html((await host.NewUserAgent().GetAsync(path)).Is(HttpStatusCode.OK));

        Assert.Equal(labels.Split(','), html.QuerySelectorAll("label").Select(label => label.TextContent));
        Assert.All(html.QuerySelectorAll("label"), label => Assert.NotNull(html.GetElementById(label.GetAttribute("for")!)));
        Assert.Equal(button, Assert.Single(html.QuerySelectorAll("button")).TextContent);
        Assert.Empty(html.QuerySelectorAll("script, style, [style]"));
    }

    private static string Problem(Answer page) => UserAgent.Html(page).QuerySelector(".notice.error")!.TextContent;

    private static string Cookie(Answer answer, string name) =>
        Assert.Single(answer.Is(HttpStatusCode.Redirect).Message.Headers.GetValues(
            "Set-Cookie"), cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));
}
