using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>Finding tasks among many, in a browser without JavaScript.</summary>
[Collection(Stack.Collection)]
public sealed class TaskPageTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly IReadOnlyList<string> Chores = [.. Enumerable.Range(1, 50).Select(number => $"Chore {number}"), "Wash up"];
    private static readonly IReadOnlyList<string> Roadmap = ["Publish the roadmap", "Draft the roadmap"];
    private static readonly IReadOnlyList<string> All = [.. Chores, .. Roadmap];

    [BrowserFact]
    public async Task A_person_finds_tasks_by_words_status_and_project_and_turns_pages_without_JavaScript()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        await WriteTasksAsync(await page.RegisterAsync(stack.PublicOrigin, "My Task Management Bot"));

        await page.GotoAsync("/tasks");
        var first = All.Take(50).ToList();
        await ShowsAsync(page, first);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await ShowsAsync(page, ["Wash up", .. Roadmap]);

        // What is not there can only be told of a page that has come to its end.
        await page.Locator("footer").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).CountAsync());

        // A change from there comes back to there.
        await page.GetByRole(AriaRole.Combobox, new() { Name = "New status of Publish the roadmap" }).SelectOptionAsync("canceled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the status of Publish the roadmap" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Publish the roadmap: Canceled.");
        await ShowsAsync(page, ["Wash up", .. Roadmap]);

        await page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        await ShowsAsync(page, first);

        // By keyboard alone.
        await page.GetByLabel("Search", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("roadmap");
        await page.Keyboard.PressAsync("Enter");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/tasks?q=roadmap").AbsoluteUri);
        await ShowsAsync(page, Roadmap);
        Assert.Equal("roadmap", await page.GetByLabel("Search", new() { Exact = true }).InputValueAsync());

        await page.GetByLabel("Search", new() { Exact = true }).FillAsync("");
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await ShowsAsync(page, ["Wash up"]);

        await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Roadmap" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByText("No task matches.").WaitForAsync();
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Any status" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await ShowsAsync(page, Roadmap);

        await page.GetByLabel("Search", new() { Exact = true }).FillAsync("nothing like it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all tasks" }).ClickAsync();
        await ShowsAsync(page, first);
    }

    private static async Task WriteTasksAsync(RegisteredClient client)
    {
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var chores = await ProjectAsync("Chores");
        var roadmap = await ProjectAsync("Roadmap");
        var tasks = Chores.Select(title => Of(chores, title, title == "Wash up" ? "done" : "todo")).Concat(
            Roadmap.Select(title => Of(roadmap, title, "todo")));
        await client.CreateAsync("/api/tasks/bulk", token, $$"""{"tasks":[{{string.Join(',', tasks)}}]}""");

        async Task<string> ProjectAsync(string name) =>
            (await client.CreateAsync("/api/projects", token, $$"""{"name":"{{name}}","description":"Work"}"""))["id"];

        static string Of(string project, string title, string status) =>
            $$"""{"title":"{{title}}","description":"Work","project_id":"{{project}}","status":"{{status}}"}""";
    }

    /// <summary>Waits for it: a click returns when the next page only begins to arrive.</summary>
    private static Task ShowsAsync(IPage page, IEnumerable<string> titles) =>
        Assertions.Expect(page.Locator("table.list tbody th a")).ToHaveTextAsync(titles, new() { Timeout = 30_000 });
}
