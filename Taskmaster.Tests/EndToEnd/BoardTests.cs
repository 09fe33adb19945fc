using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>The board with its script: by keys and by pointer, and what others change.</summary>
[Collection(Stack.Collection)]
public sealed class BoardTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task By_keys_alone_a_person_adds_moves_deletes_takes_it_back_and_goes_elsewhere()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.GotoAsync("/projects");
        await page.PressKeysAsync("g", "b");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/tasks/board").AbsoluteUri);
        foreach (var title in new[] { "Write", "Review" })
        {
            await page.PressKeysAsync("c");
            await Expect(page.GetByLabel("Title of a new task")).ToBeFocusedAsync();
            await page.Keyboard.TypeAsync(title);
            await page.PressKeysAsync("Enter");
            await SaysAsync(page, $"{title} added.");
        }

        await CardsAsync(page, "todo", "Review", "Write");
        await Card(page, "Review").FocusAsync();
        await page.PressKeysAsync("ArrowDown");
        await Expect(Card(page, "Write")).ToBeFocusedAsync();

        // Twice at once: the second move begins with what the first made of the task.
        await page.PressKeysAsync("Shift+ArrowRight", "Shift+ArrowRight");
        await CardsAsync(page, "done", "Write");
        await Expect(Card(page, "Write")).ToBeFocusedAsync();
        await SaysAsync(page, "Write: Done.");
        await page.PressKeysAsync("u");
        await CardsAsync(page, "in_progress", "Write");

        await Card(page, "Review").FocusAsync();
        await page.PressKeysAsync("1");
        await CardsAsync(page, "backlog", "Review");
        await SaysAsync(page, "Review: Backlog.");
        await page.PressKeysAsync("Delete");
        await SaysAsync(page, "Review deleted.");
        await CardsAsync(page, "backlog");
        await page.PressKeysAsync("u");
        await CardsAsync(page, "backlog", "Review");

        await page.PressKeysAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" })).ToContainTextAsync("Delete the card's task");
        await page.PressKeysAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.PressKeysAsync("Control+k");
        await page.Keyboard.TypeAsync("projects");
        await page.PressKeysAsync("Enter");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/projects").AbsoluteUri);
    }

    [BrowserFact]
    public async Task What_is_changed_in_another_browser_or_by_a_program_shows_and_is_not_overwritten_unseen()
    {
        var alice = Person.Named("Alice");
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(alice);
        var client = await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot");
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var project = (await client.CreateAsync("/api/projects", token, """{"name":"Website","description":"Work"}"""))["id"];
        await CreateAsync("Write");

        await page.GotoAsync("/tasks/board");
        var other = await chromium.NewPageAsync(stack.PublicOrigin);
        await SignInAsync(other, alice);
        await other.GotoAsync("/tasks");
        var deaf = await chromium.NewPageAsync(stack.PublicOrigin);
        await SignInAsync(deaf, alice);
        await deaf.RouteAsync(new Regex("/tasks/events"), route => route.AbortAsync());
        await deaf.GotoAsync("/tasks/board");
        await CardsAsync(deaf, "todo", "Write");

        await CreateAsync("<b>Review</b>");
        await CardsAsync(page, "todo", "<b>Review</b>", "Write");
        await Expect(other.Locator("table.tasks tbody th > a")).ToHaveTextAsync(["<b>Review</b>", "Write"]);

        await Card(page, "Write").DragToAsync(page.Locator("[data-status=done]"));
        await SaysAsync(page, "Write: Done.");
        await CardsAsync(page, "done", "Write");
        await Expect(other.Locator("table.tasks tbody th > a")).ToHaveTextAsync(["<b>Review</b>"]);

        // This one still shows what it was.
        await Card(deaf, "Write").FocusAsync();
        await deaf.PressKeysAsync("Shift+ArrowRight");
        await Expect(deaf.Locator("table.comparison tbody tr")).ToHaveTextAsync([new Regex(@"Status\s*In progress\s*Done")]);
        await deaf.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await deaf.UntilAtAsync(new Uri(stack.PublicOrigin, "/tasks/board").AbsoluteUri);
        await CardsAsync(page, "in_progress", "Write");

        Task<Answer> CreateAsync(string title) => client.CreateAsync(
            "/api/tasks", token, $$"""{"title":"{{title}}","description":"Work","project_id":"{{project}}"}""");
    }

    [BrowserFact]
    public async Task Without_JavaScript_a_person_adds_moves_changes_and_deletes_on_the_board_and_takes_it_back_and_saves_a_view()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.GotoAsync("/tasks/board");
        foreach (var title in new[] { "Write", "Review" })
        {
            await page.GetByLabel("Title of a new task").FillAsync(title);
            await page.PressKeysAsync("Enter");
            await SaysAsync(page, $"{title} added.");
        }

        await CardsAsync(page, "todo", "Review", "Write");
        await PressButtonAsync(page, "Move Write to In progress");
        await PressButtonAsync(page, "Move Write to Done");
        await SaysAsync(page, "Write: Done.");
        await CardsAsync(page, "done", "Write");
        await PressButtonAsync(page, "Undo");
        await CardsAsync(page, "in_progress", "Write");

        await Card(page, "Review").ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Review twice");
        await PressButtonAsync(page, "Save");
        await CardsAsync(page, "todo", "Review twice");

        await Card(page, "Review twice").ClickAsync();
        await PressButtonAsync(page, "Delete task");
        await SaysAsync(page, "Review twice deleted.");
        await CardsAsync(page, "todo");
        await PressButtonAsync(page, "Undo");
        await CardsAsync(page, "todo", "Review twice");

        await page.GotoAsync("/tasks?status=in_progress");
        await page.GetByText("Save as a view", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Name of the view").FillAsync("At it");
        await PressButtonAsync(page, "Save view");
        await SaysAsync(page, "At it saved.");
        await page.GotoAsync("/tasks/board");
        await page.GetByRole(AriaRole.Link, new() { Name = "At it" }).ClickAsync();
        await Expect(page.Locator("table.tasks tbody th > a")).ToHaveTextAsync(["Write"]);
        await PressButtonAsync(page, "Remove the view At it");
        await SaysAsync(page, "View removed. No task was changed.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "At it" })).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_page_that_follows_changes_is_told_nothing_more_once_its_user_has_signed_out()
    {
        using var alice = stack.Browser();
        await alice.SignUpAsync(Person.Named("Alice"));
        var client = await alice.RegisterClientAsync("My Bot");
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        await alice.OpenAsync("/tasks/board");
        using var tab = new HttpClient(new SocketsHttpHandler { CookieContainer = alice.Cookies }) { BaseAddress = stack.PublicOrigin };
        using var stream = await tab.GetAsync(new Uri("/tasks/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Equal("event: heartbeat", await events.ReadLineAsync());

        await alice.OpenAsync("/account");
        await alice.SubmitAsync("Sign out");
        await client.CreateAsync("/api/projects", token, """{"name":"Website","description":"Work"}""");

        Assert.DoesNotContain("Website", await events.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static Task PressButtonAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static ILocator Card(IPage page, string title) => page.Locator(".task a", new() { HasTextString = title });

    private static Task CardsAsync(IPage page, string status, params string[] titles) =>
        Expect(page.Locator($"[data-status={status}] .task a")).ToHaveTextAsync(titles);

    private static Task SaysAsync(IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Status).Locator("p").Last).ToHaveTextAsync(text);

    private static async Task SignInAsync(IPage page, Person person)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(person.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.UntilItLeftAsync("/sign-in");
    }
}
