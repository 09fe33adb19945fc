using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static Taskmaster.Tests.Web.StubAnswers;

namespace Taskmaster.Tests.Web;

/// <summary>The pages as a signed-in user gets them, on stub services.</summary>
public sealed partial class PageTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>, IAsyncLifetime
{
    private readonly WebStack _stack = fixture.Stack;
    private readonly WebFactory _web = fixture.Web;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _stack.TasksApi.Answer = TasksApiAsync;
        _stack.AuthServer.Management = ManagementAsync;
        await SignInAsync(_web);
    }

    public Task DisposeAsync()
    {
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Every_page_has_the_security_headers_one_heading_labels_and_nothing_inline_or_foreign()
    {
        var pages = _web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Replace("{id:guid}", Id, StringComparison.Ordinal).Replace(
                "{clientId}", Id, StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(pages.Count >= 19, $"Only {pages.Count} pages found.");
        Assert.DoesNotContain(pages, page => page.Contains('{', StringComparison.Ordinal));

        foreach (var page in pages.Append("/nothing-there"))
        {
            using var response = await _browser.GetAsync(page);
            Assert.True(page is "/error" or "/nothing-there"
                ? response.StatusCode == HttpStatusCode.NotFound
                : response.StatusCode == HttpStatusCode.OK, $"{page}: {response.StatusCode}");
            HasSecurityHeaders(response);

            var document = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            Assert.True(document.QuerySelectorAll(
                "h1").Length == 1, $"{page} has {document.QuerySelectorAll("h1").Length} headings of the first level.");
            Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
            Assert.True(document.QuerySelector("meta[name=description]")?.GetAttribute("content")?.Length is > 20
                and < 200, $"{page}: no description, or one that search engines cut.");
            Assert.Equal(2, document.QuerySelectorAll("link[rel=icon]").Length);
            Assert.Empty(document.QuerySelectorAll("style, [style], [onclick], script:not([src])"));
            Assert.All(document.QuerySelectorAll("pre"), code => Assert.Equal("0", code.GetAttribute("tabindex")));
            Assert.All(document.QuerySelectorAll("[src], link[href], form[action]"), element =>
                Assert.StartsWith("/", element.GetAttribute("src")
                    ?? element.GetAttribute("href") ?? element.GetAttribute("action"), StringComparison.Ordinal));
            Assert.All(document.QuerySelectorAll("input:not([type=hidden]), select, textarea"), control =>
                Assert.True(control.HasAttribute("aria-label")
                    || control.Closest("label") is not null
                    || document.QuerySelector($"label[for='{control.Id}']") is not null, $"{page}: {control.OuterHtml}"));
            Assert.All(document.QuerySelectorAll("form[method=post]"), form =>
                Assert.NotNull(form.QuerySelector("input[name=__RequestVerificationToken]")));
            Assert.Equal(document.QuerySelectorAll("[id]").Length, document.QuerySelectorAll("[id]")
                .Select(element => element.Id)
                .Distinct()
                .Count());
        }
    }

    [Fact]
    public async Task Activity_is_told_in_words_and_leads_to_what_is_older()
    {
        var document = new HtmlParser().ParseDocument(await _browser.GetStringAsync("/account/activity"));

        var rows = document.QuerySelectorAll("tbody tr");
        Assert.Contains("Sign-in locked after too many wrong passwords", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Taskmaster itself", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("Their <App>: Know who you are, See your projects and tasks", rows[1].QuerySelector(".description")!.TextContent);
        Assert.Contains("203.0.113.7", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Equal($"/account/activity?before={Id}", Assert.Single(document.QuerySelectorAll("main nav a")).GetAttribute("href"));

        _ = await _browser.GetStringAsync($"/account/activity?before={Id}");
        Assert.EndsWith($"&before={Id}", _stack.AuthServer.ReceivedAt("/audit").Last().PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_browser_is_signed_out_by_its_id_and_this_one_has_no_button_for_it()
    {
        var (address, _) = await SubmitAsync("/account", "Sign out Safari on iPhone at 203.0.113.8");

        Assert.Equal("/account", address);
        var ended = Assert.Single(_stack.AuthServer.ReceivedAt($"/sessions/{Id}"));
        Assert.Equal("DELETE", ended.Method);
        Assert.DoesNotContain("Firefox on Linux at", await _browser.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/site.css", "text/css")]
    [InlineData("/site.js", "text/javascript")]
    [InlineData("/times.js", "text/javascript")]
    [InlineData("/toasts.js", "text/javascript")]
    [InlineData("/board.js", "text/javascript")]
    [InlineData("/commands.js", "text/javascript")]
    [InlineData("/live.js", "text/javascript")]
    [InlineData("/task-actions.js", "text/javascript")]
    [InlineData("/tasks.js", "text/javascript")]
    [InlineData("/try.js", "text/javascript")]
    [InlineData("/docs.js", "text/javascript")]
    [InlineData("/reference.js", "text/javascript")]
    [InlineData("/icon.svg", "image/svg+xml")]
    [InlineData("/favicon.ico", "image/x-icon")]
    [InlineData("/robots.txt", "text/plain")]
    public async Task The_shared_files_are_served_and_asked_for_anew(string path, string contentType)
    {
        using var response = await _browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoCache);
        Assert.NotNull(response.Headers.ETag);
        HasSecurityHeaders(response);
    }

    [Fact]
    public async Task Pages_of_a_signed_in_user_are_not_kept_by_caches()
    {
        using var response = await _browser.GetAsync("/projects");

        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task What_users_wrote_is_text_and_not_markup()
    {
        var page = await _browser.GetStringAsync("/tasks");

        Assert.Contains("Write the &lt;i&gt;docs&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Website &lt;b&gt;Redesign&lt;/b&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_of_somebody_else_is_not_found()
    {
        _stack.TasksApi.Answer = NotFoundAsync;
        _stack.AuthServer.Management = NotFoundAsync;

        foreach (var path in new[]
        {
            $"/projects/{Id}", $"/projects/{Id}/edit", $"/projects/{Id}/delete", $"/tasks/{Id}", $"/developer/{Id}",
            $"/developer/{Id}/delete", $"/developer/{Id}/try"
        })
        {
            using var response = await _browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    /// <summary>Web asks a service no more for a while after many failures: the other tests would run into that.</summary>
    private async Task UseWebOfItsOwnAsync()
    {
        _browser.Dispose();
        await SignInAsync(_stack.NewWeb());
    }

    private async Task SignInAsync(WebFactory web)
    {
        _browser = web.Browser();
        using var home = await _browser.GetAsync("/account/sign-in");
        _stack.AuthServer.Forget();
        _stack.TasksApi.Received.Clear();
    }

    private static void HasSecurityHeaders(HttpResponseMessage response)
    {
        Assert.Equal(
            Taskmaster.Web.Pages.SecurityHeaders.ContentSecurityPolicy,
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal(
            Taskmaster.Web.Pages.SecurityHeaders.PermissionsPolicy, Assert.Single(response.Headers.GetValues("Permissions-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string? Shown(IHtmlDocument document, string label)
    {
        var field = (IHtmlInputElement?)document.QuerySelectorAll<IHtmlLabelElement>("label").Single(
            element => element.TextContent == label).Control;
        Assert.True(field?.IsReadOnly);
        return field?.Value;
    }

    private async Task<(string Address, IHtmlDocument Document)> SubmitAsync(
        string path, string button, params (string Name, string Value)[] fields)
    {
        return await SubmitAsync(new HtmlParser().ParseDocument(await _browser.GetStringAsync(path)), path, button, fields);
    }

    private async Task<(string Address, IHtmlDocument Document)> SubmitAsync(
        IHtmlDocument document, string path, string button, params (string Name, string Value)[] fields)
    {
        var pressed = document.QuerySelectorAll<IHtmlButtonElement>("button").First(
            element => element.TextContent == button && !element.IsDisabled);
        var form = pressed.Form!;
        var values = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Type == "hidden")
            .ToDictionary(input => input.Name!, input => input.Value);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        var action = pressed.GetAttribute("formaction") ?? form.GetAttribute("action");
        using var response = await _browser.PostAsync(string.IsNullOrEmpty(action) ? path : action, content);
        return (response.RequestMessage!.RequestUri!.AbsolutePath, new HtmlParser().ParseDocument(
            await response.Content.ReadAsStringAsync()));
    }
}
