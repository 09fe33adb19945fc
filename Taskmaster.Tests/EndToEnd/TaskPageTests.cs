using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

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
        var first = await TitlesAsync(page);
        Assert.Equal(All.Take(50), first);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        Assert.Equal(["Wash up", .. Roadmap], await TitlesAsync(page));
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).CountAsync());

        // A change from there comes back to there.
        await page.GetByRole(AriaRole.Combobox, new() { Name = "New status of Publish the roadmap" }).SelectOptionAsync("canceled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the status of Publish the roadmap" }).ClickAsync();
        Assert.Equal("Publish the roadmap: Canceled.", await page.GetByRole(AriaRole.Status).TextContentAsync());
        Assert.Equal(["Wash up", .. Roadmap], await TitlesAsync(page));

        await page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        Assert.Equal(first, await TitlesAsync(page));

        // By keyboard alone.
        await page.GetByLabel("Search", new() { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync("roadmap");
        await page.Keyboard.PressAsync("Enter");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/tasks?q=roadmap").AbsoluteUri);
        Assert.Equal(Roadmap, await TitlesAsync(page));
        Assert.Equal("roadmap", await page.GetByLabel("Search", new() { Exact = true }).InputValueAsync());

        await page.GetByLabel("Search", new() { Exact = true }).FillAsync("");
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync("done");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        Assert.Equal(["Wash up"], await TitlesAsync(page));

        await page.GetByLabel("Project", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Roadmap" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByText("No task matches.").WaitForAsync();
        await page.GetByLabel("Status", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Any status" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        Assert.Equal(Roadmap, await TitlesAsync(page));

        await page.GetByLabel("Search", new() { Exact = true }).FillAsync("nothing like it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show all tasks" }).ClickAsync();
        Assert.Equal(first, await TitlesAsync(page));
    }

    private static async Task WriteTasksAsync(RegisteredClient client)
    {
        var token = (await client.ClientCredentialsAsync()).AccessToken;
        var chores = await ProjectAsync("Chores");
        var roadmap = await ProjectAsync("Roadmap");
        var tasks = Chores.Select(title => Of(chores, title, title == "Wash up" ? "done" : "todo")).Concat(Roadmap.Select(title => Of(roadmap, title, "todo")));
        await client.CreateAsync("/api/tasks/bulk", token, $$"""{"tasks":[{{string.Join(',', tasks)}}]}""");

        async Task<string> ProjectAsync(string name) =>
            (await client.CreateAsync("/api/projects", token, $$"""{"name":"{{name}}","description":"Work"}""")).Text("id");

        static string Of(string project, string title, string status) =>
            $$"""{"title":"{{title}}","description":"Work","project_id":"{{project}}","status":"{{status}}"}""";
    }

    private static Task<IReadOnlyList<string>> TitlesAsync(IPage page) => page.Locator("table.list tbody th a").AllInnerTextsAsync();
}
