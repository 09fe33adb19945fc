using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Taskmaster.Web.Pages.Docs;

namespace Taskmaster.Tests.Web;

/// <summary>The documents as the site shows them, to visitors.</summary>
public sealed class DocsTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>, IDisposable
{
    private readonly HttpClient _browser = fixture.Web.Browser();

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task A_document_shows_the_site_it_is_on_and_leads_nowhere_that_is_not_there()
    {
        var documents = new Dictionary<string, IHtmlDocument>();
        foreach (var address in PublicDocs.Addresses.Values)
        {
            documents[address] = await OpenAsync(address);
        }

        Assert.Equal(15, documents.Count);
        foreach (var (address, document) in documents)
        {
            var text = document.QuerySelector("article.prose")!;
            Assert.DoesNotContain("localhost:5080", text.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("](", text.TextContent, StringComparison.Ordinal);
            Assert.All(text.QuerySelectorAll("thead th"), heading => Assert.Equal("col", heading.GetAttribute("scope")));
            Assert.All(text.QuerySelectorAll("h2, h3"), heading =>
                Assert.Equal($"#{heading.Id}", heading.QuerySelector("a")?.GetAttribute("href")));
            foreach (var link in text.QuerySelectorAll("a")
                .Select(link => link.GetAttribute("href")!)
                .Where(link => !link.StartsWith("https://", StringComparison.Ordinal)))
            {
                var (path, fragment) = link.Split('#') is [var first, var second] ? (first, second) : (link, null);
                Assert.True(path is "" or "/api/openapi.yaml" || documents.ContainsKey(path), $"{address} leads to {link}.");
                Assert.True(fragment is null
                    || documents[path.Length == 0 ? address : path].GetElementById(fragment) is not null, $"{address} leads to {link}.");
            }
        }

        Assert.Contains("curl -X POST http://localhost/oauth2/token", documents["/docs/auth/client-credentials-flow"].QuerySelector(
            "pre")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Authorization code flow · Taskmaster", documents["/docs/auth/authorization-code-flow"].Title);
    }

    [Fact]
    public async Task Examples_have_the_id_of_the_readers_own_application_and_never_a_secret()
    {
        fixture.Stack.AuthServer.Management = StubAnswers.ManagementAsync;
        using var reader = fixture.Web.Browser();
        using var home = await reader.GetAsync("/account/sign-in");

        foreach (var path in new[] { "/docs/getting-started", "/docs/auth/authorization-code-flow" })
        {
            using var response = await reader.GetAsync(path);
            var page = await response.Content.ReadAsStringAsync();
            Assert.True(response.Headers.CacheControl?.NoStore);
            Assert.Contains($"{StubAnswers.Id}:your_client_secret", page, StringComparison.Ordinal);
            Assert.DoesNotContain("your_client_id", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("your_client_id", await _browser.GetStringAsync(path), StringComparison.Ordinal);
        }

        fixture.Stack.AuthServer.Management = StubAnswers.NotFoundAsync;
    }

    [Fact]
    public async Task The_list_has_every_document_and_shows_which_is_open_and_what_is_in_it()
    {
        var page = await OpenAsync("/docs/events");

        var list = page.QuerySelector("nav[aria-label=Docs]")!;
        Assert.All(PublicDocs.All, document => Assert.Single(list.QuerySelectorAll($"a[href='{document.Address}']")));
        Assert.Equal("/docs/events", Assert.Single(list.QuerySelectorAll("[aria-current]")).GetAttribute("href"));
        Assert.Equal(
            ["#listen", "#or-ask-now-and-then", "#what-can-be-relied-on"],
            list.QuerySelectorAll(".docs-headings a").Select(heading => heading.GetAttribute("href")));
        Assert.Equal("/docs/api-keys", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/docs/errors", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_document_is_there_as_it_was_written_with_the_address_of_the_site()
    {
        var link = (await OpenAsync("/docs/api-keys")).QuerySelector("a#markdown")!.GetAttribute("href")!;
        using var response = await _browser.GetAsync(link);

        Assert.Equal("text/markdown", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType?.CharSet);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            new Fixtures.Document("docs/api-keys.md").Text.Replace("http://localhost:5080", "http://localhost", StringComparison.Ordinal),
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_agent_finds_a_list_of_the_documents()
    {
        using var response = await _browser.GetAsync("/llms.txt");

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var list = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("# Taskmaster\n\n> Projects and tasks", list, StringComparison.Ordinal);
        Assert.All(PublicDocs.All, document =>
            Assert.Contains($"](http://localhost{document.Address}.md): ", list, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_program_in_several_languages_is_one_choice_without_script()
    {
        var page = await OpenAsync("/docs/getting-started");

        var tabs = Assert.Single(page.QuerySelectorAll("[role=radiogroup]"));
        Assert.Equal(["curl", "JavaScript", "Python"], tabs.QuerySelectorAll("label").Select(label => label.TextContent));
        Assert.Equal("curl", tabs.QuerySelector("input:checked + label")!.TextContent);
        Assert.Equal(3, tabs.QuerySelectorAll(":scope > div pre").Length);

        // A request and its answer are not the same in two languages.
        Assert.Empty((await OpenAsync("/docs/auth/client-credentials-flow")).QuerySelectorAll(".tabs"));
    }

    [Fact]
    public async Task A_search_finds_the_section_that_is_about_it_before_those_that_only_name_it()
    {
        var page = await OpenAsync("/docs/search?q=IDEMPOTENCY+connection");

        Assert.Equal("IDEMPOTENCY connection", page.QuerySelector<IHtmlInputElement>("input[type=search]")!.Value);
        Assert.Equal("/docs/tasks-api#safe-writes", FirstOf(page));
        Assert.Contains("Idempotency", page.QuerySelectorAll(".docs-hits mark").Select(mark => mark.TextContent));
        Assert.Equal("/docs/device-authorization#poll", FirstOf(await OpenAsync("/docs/search?q=slow_down")));
        Assert.Equal("/docs/registration", FirstOf(await OpenAsync("/docs/search?q=registration")));

        static string? FirstOf(IHtmlDocument page) => page.QuerySelector(".docs-hits a")?.GetAttribute("href");
    }

    [Theory]
    [InlineData("", "Type what you look for")]
    [InlineData("%3C%27%22%3E", "Nothing here has “<'\">”")]
    [InlineData("xylophone", "Nothing here has “xylophone”")]
    public async Task A_search_that_finds_nothing_says_so(string query, string words)
    {
        var page = await OpenAsync($"/docs/search?q={query}");

        Assert.Contains(words, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".docs-hits"));
    }

    [Fact]
    public async Task A_search_for_too_much_is_refused_in_words()
    {
        using var response = await _browser.GetAsync($"/docs/search?q={new string('x', 201)}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("200 characters at most", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<IHtmlDocument> OpenAsync(string path) => new HtmlParser().ParseDocument(await _browser.GetStringAsync(path));
}
