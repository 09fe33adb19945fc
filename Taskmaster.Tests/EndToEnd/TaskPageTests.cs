using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>Finding and changing tasks among many, in a browser without JavaScript.</summary>
[Collection(Stack.Collection)]
public sealed class TaskPageTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly IReadOnlyList<string> Chores = [.. Enumerable.Range(1, 50).Select(number => $"Chore {number}"), "Wash up"];
    private static readonly IReadOnlyList<string> Roadmap = ["Draft the roadmap", "Publish the roadmap"];

    /// <summary>The newest first, without what is done.</summary>
    private static readonly IReadOnlyList<string> Open = [.. Roadmap.Concat(Chores.SkipLast(1).Reverse())];

    [BrowserFact]
    public async Task A_person_finds_tasks_by_words_status_and_project_and_turns_pages_without_JavaScript()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        await WriteTasksAsync(await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot"));

        await page.GotoAsync("/tasks");
        var first = Open.Take(50).ToList();
        await ShowsAsync(page, first);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await ShowsAsync(page, ["Chore 2", "Chore 1"]);

        // What is not there can only be told of a page that has come to its end.
        await page.Locator("footer").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).CountAsync());

        // A change from there comes back to there, and so does taking it back.
        await PressAsync(page, "Done Chore 2");
        await SaysAsync(page, "Chore 2: Done.");
        await ShowsAsync(page, ["Chore 1"]);
        await PressAsync(page, "Undo");
        await ShowsAsync(page, ["Chore 2", "Chore 1"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        await ShowsAsync(page, first);

        // By keyboard alone.
        await page.GetByLabel("Search", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("roadmap");
        await page.PressKeysAsync("Enter");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/tasks?q=roadmap").AbsoluteUri);
        await ShowsAsync(page, Roadmap);
        Assert.Equal("roadmap", await page.GetByLabel("Search", new() { Exact = true }).InputValueAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Remove the filter: “roadmap”" }).ClickAsync();
        await ShowsAsync(page, first);
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("done");
        await PressAsync(page, "Search");
        await ShowsAsync(page, ["Wash up"]);

        await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Roadmap" });
        await PressAsync(page, "Search");
        await page.GetByText("No task matches.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove the filter: Done" }).ClickAsync();
        await page.GetByLabel("Order", new() { Exact = true }).SelectOptionAsync("created_at");
        await PressAsync(page, "Search");
        await ShowsAsync(page, Roadmap.Reverse());
    }

    [BrowserFact]
    public async Task A_person_adds_renames_moves_and_deletes_tasks_and_takes_it_back_without_JavaScript()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));

        // One field and Enter; the project is made on the way.
        await page.GotoAsync("/tasks");
        foreach (var title in new[] { "Buy milk", "Wash up" })
        {
            await page.GetByLabel("Title of a new task").FillAsync(title);
            await page.PressKeysAsync("Enter");
            await SaysAsync(page, $"{title} added.");
        }

        await ShowsAsync(page, ["Wash up", "Buy milk"]);

        await page.GetByRole(AriaRole.Link, new() { Name = "Rename Buy milk" }).ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("Buy bread");
        await page.PressKeysAsync("Enter");
        await ShowsAsync(page, ["Wash up", "Buy bread"]);
        await PressAsync(page, "Undo");
        await ShowsAsync(page, ["Wash up", "Buy milk"]);

        await page.GetByLabel("Select Wash up").CheckAsync();
        await page.GetByLabel("Select Buy milk").CheckAsync();
        await page.GetByLabel("New status of the selected tasks").SelectOptionAsync("canceled");
        await PressAsync(page, "Change");
        await SaysAsync(page, "2 tasks changed.");
        await page.GetByText("No task matches.").WaitForAsync();
        await PressAsync(page, "Undo");
        await ShowsAsync(page, ["Wash up", "Buy milk"]);

        await page.GotoAsync("/tasks/board");
        await PressAsync(page, "Move Buy milk to In progress");
        await SaysAsync(page, "Buy milk: In progress.");
        await Expect(page.Locator("[data-status=in_progress] .task a")).ToHaveTextAsync(["Buy milk"]);

        // What it is related to survives its deletion.
        await page.GetByRole(AriaRole.Link, new() { Name = "Buy milk" }).ClickAsync();
        await page.GetByLabel("This task").SelectOptionAsync("blocks");
        await page.GetByLabel("The other task").SelectOptionAsync(new SelectOptionValue { Label = "Wash up" });
        await PressAsync(page, "Relate");
        await Expect(page.Locator(".related")).ToContainTextAsync("Blocks");
        await PressAsync(page, "Delete task");
        await SaysAsync(page, "Buy milk deleted.");
        await Expect(page.Locator(".task")).ToHaveCountAsync(1);
        await PressAsync(page, "Undo");
        await SaysAsync(page, "Buy milk is back.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Wash up" }).ClickAsync();
        await Expect(page.Locator(".related")).ToContainTextAsync("Blocked by");
        await Expect(page.Locator(".history")).ToContainTextAsync("Created");

        await page.GotoAsync("/projects");
        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Inbox" })).ToContainTextAsync("2 open");
    }

    private static async Task WriteTasksAsync(RegisteredClient client)
    {
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var chores = await ProjectAsync("Chores");
        var roadmap = await ProjectAsync("Roadmap");
        var tasks = Chores.Select(title => Of(chores, title, title == "Wash up" ? "done" : "todo")).Concat(
            Roadmap.Reverse().Select(title => Of(roadmap, title, "todo")));
        await client.CreateAsync("/api/tasks/bulk", token, $$"""{"tasks":[{{string.Join(',', tasks)}}]}""");

        async Task<string> ProjectAsync(string name) =>
            (await client.CreateAsync("/api/projects", token, $$"""{"name":"{{name}}","description":"Work"}"""))["id"];

        static string Of(string project, string title, string status) =>
            $$"""{"title":"{{title}}","description":"Work","project_id":"{{project}}","status":"{{status}}"}""";
    }

    private static Task PressAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task SaysAsync(IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Status).Locator("p")).ToHaveTextAsync(text);

    /// <summary>Waits for it: a click returns when the next page only begins to arrive.</summary>
    private static Task ShowsAsync(IPage page, IEnumerable<string> titles) =>
        Expect(page.Locator("table.list tbody th > a")).ToHaveTextAsync(titles);
}
