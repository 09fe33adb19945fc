using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>A form that is open in two tabs of one browser: what the first saved is not overwritten unseen by the second.</summary>
[Collection(Stack.Collection)]
public sealed class StaleEditTests(Stack stack)
{
    [Fact]
    public async Task A_task_that_was_saved_in_another_tab_is_shown_beside_what_was_typed_and_replaced_only_when_saved_again()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Write the docs");
        await other.OpenAsync(tab.Location.PathAndQuery);

        await other.SubmitAsync("Save", ("Title", "Write the guide"), ("Status", "Done"));
        Assert.Equal("/tasks?q=docs", other.Location.PathAndQuery);
        await tab.SubmitAsync("Save", ("Description", "Only half of them"));

        Assert.Equal(HttpStatusCode.Conflict, tab.Status);
        Assert.Contains("nothing is saved yet", tab.Page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["Title: Write the docs / Write the guide", "Description: Only half of them / All of them", "Status: To do / Done"],
            Differences(tab));
        Assert.Equal("Only half of them", tab.Value("Description"));
        await other.OpenAsync(tab.Location.PathAndQuery);
        Assert.Equal(("Write the guide", "All of them"), (other.Value("Title"), other.Value("Description")));

        await tab.SubmitAsync("Save");

        Assert.Equal("Task saved.", Notice(tab));
        await other.OpenAsync(other.Location.PathAndQuery);
        Assert.Equal(
            ("Write the docs", "Only half of them", "To do"), (other.Value("Title"), other.Value("Description"), other.Value("Status")));
    }

    [Fact]
    public async Task Whoever_would_rather_have_what_is_saved_takes_it_by_a_link()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Write the docs");
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Save", ("Title", "Write the guide"));
        await tab.SubmitAsync("Save", ("Title", "Write a book"));

        await tab.FollowAsync("take what is saved");

        Assert.Equal("Write the guide", tab.Value("Title"));
        await tab.FollowAsync("Cancel");
        Assert.Equal("/tasks?q=docs", tab.Location.PathAndQuery);
    }

    [Fact]
    public async Task The_same_change_in_both_tabs_is_no_conflict()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Write the docs");
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Save", ("Description", "Line one\r\nLine two"));

        await tab.SubmitAsync("Save", ("Description", "Line one\r\nLine two"));

        Assert.Equal("Task saved.", Notice(tab));
    }

    [Fact]
    public async Task A_task_that_was_changed_after_it_was_shown_is_not_deleted_before_it_is_shown_again()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Write the docs");
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Save", ("Title", "Write the guide"));

        await tab.SubmitAsync("Delete task");

        Assert.Equal(HttpStatusCode.Conflict, tab.Status);
        Assert.Equal("Write the guide", tab.Page.QuerySelector("h1")?.TextContent);
        await tab.SubmitAsync("Delete task");
        Assert.Equal("Write the guide deleted.", Notice(tab));
        Assert.Equal("/tasks?q=docs", tab.Location.PathAndQuery);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_task_was_deleted_meanwhile()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Write the docs");
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Delete task");

        await tab.SubmitAsync("Save", ("Description", "Typed for a long time"));

        Assert.Equal(HttpStatusCode.NotFound, tab.Status);
        Assert.Equal("Typed for a long time", tab.Value("Description"));
        Assert.Contains("deleted after you opened it", tab.Page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_likewise()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.FollowAsync("Website Redesign");
        await tab.FollowAsync("Edit");
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Save", ("Name", "Website Relaunch"));

        await tab.SubmitAsync("Save", ("Description", "A bolder look"));

        Assert.Equal(HttpStatusCode.Conflict, tab.Status);
        Assert.Equal(["Name: Website Redesign / Website Relaunch", "Description: A bolder look / A fresher look"], Differences(tab));
        await tab.SubmitAsync("Save", ("Name", "Website Relaunch"));
        Assert.Equal("Website Relaunch", tab.Page.QuerySelector("h1")?.TextContent);
        Assert.Equal("A bolder look", tab.Page.QuerySelector(".lead")?.TextContent);

        await tab.FollowAsync("Delete");
        await other.OpenAsync(tab.Location.PathAndQuery.Replace("/delete", "/edit", StringComparison.Ordinal));
        await other.SubmitAsync("Save", ("Name", "Website Rescue"));
        await tab.SubmitAsync("Delete project");
        Assert.Equal(HttpStatusCode.Conflict, tab.Status);
        Assert.Equal("Delete Website Rescue?", tab.Page.QuerySelector("h1")?.TextContent);
    }

    [Fact]
    public async Task The_settings_of_an_application_likewise()
    {
        using var tab = stack.Browser();
        await tab.SignUpAsync(Person.Named("Alice"));
        var client = await tab.RegisterClientAsync("My Bot", "https://yourapp.example/callback");
        using var other = TabOf(tab);
        await other.OpenAsync(tab.Location.PathAndQuery);
        await other.SubmitAsync("Save", ("Name", "My Robot"), ("What it may ask for", "Sign people in only"));
        Assert.Equal("Application saved.", Notice(other));

        await tab.SubmitAsync("Save", ("Redirect URIs", "https://yourapp.example/callback\r\nhttps://yourapp.example/other"));

        Assert.Equal(HttpStatusCode.Conflict, tab.Status);
        Assert.Equal(
            [
                "Name: My Bot / My Robot",
                "Redirect URIs: https://yourapp.example/callback\nhttps://yourapp.example/other / https://yourapp.example/callback",
                "What it may ask for: Sign people in, and see and change their projects and tasks / Sign people in only",
            ],
            Differences(tab));
        Assert.Equal(client.ClientId, tab.Value("Client ID"));
        await tab.SubmitAsync("Save", ("Name", "My Robot"), ("What it may ask for", "Sign people in only"));
        Assert.Equal("Application saved.", Notice(tab));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_creates_one_task()
    {
        using var tab = await WithTaskAsync();
        using var other = TabOf(tab);
        await tab.OpenAsync("/tasks/new");
        other.Show(tab);

        await tab.SubmitAsync("Create task", ("Title", "Once"), ("Description", "And no more"));
        await other.SubmitAsync("Create task", ("Title", "Once"), ("Description", "And no more"));

        Assert.Equal("Task Once created.", Notice(other));
        await tab.OpenAsync("/tasks?q=Once");
        Assert.Single(tab.Page.QuerySelectorAll("table.list tbody tr"));
    }

    private static string? Notice(Browser tab) => tab.Page.QuerySelector("[role=status] .toast p")?.TextContent;

    private static IEnumerable<string> Differences(Browser tab) => tab.Page.QuerySelectorAll("table.comparison tbody tr")
        .Select(row => row.Children.Select(cell => cell.TextContent).ToList())
        .Select(cells => $"{cells[0]}: {cells[1].ReplaceLineEndings("\n")} / {cells[2].ReplaceLineEndings("\n")}");

    private Browser TabOf(Browser browser)
    {
        var tab = stack.Browser();
        tab.Cookies.Add(browser.Cookies.GetAllCookies());
        return tab;
    }

    /// <summary>At a filtered list with one task.</summary>
    private async Task<Browser> WithTaskAsync()
    {
        var browser = stack.Browser();
        await browser.SignUpAsync(Person.Named("Alice"));
        await browser.OpenAsync("/projects");
        await browser.SubmitAsync("Create project", ("Name", "Website Redesign"), ("Description", "A fresher look"));
        await browser.OpenAsync("/tasks/new");
        await browser.SubmitAsync("Create task", ("Title", "Write the docs"), ("Description", "All of them"));
        await browser.OpenAsync("/tasks?q=docs");
        return browser;
    }
}
