using System.Net;
using Microsoft.Playwright;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

[Collection(Alone.Name)]
public sealed class RunningHostTests(RunningHostTests.Host running, Chromium chromium)
    : IClassFixture<RunningHostTests.Host>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_second_host_on_the_same_data_folder_is_refused_and_the_first_goes_on()
    {
        await HostProcess.AssertRefusedAsync(
            running.Folder.Path, ["Another AppHost is running on the data folder", "--Local:Instance="], "--Local:Instance=test");

        await StoredData.WriteAsync(running.Folder, "as before");
    }

    [Fact]
    public void Generated_secrets_are_long_and_only_their_owner_can_read_them()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(running.Folder.Of("parameters.json")).UnixFileMode);
        var parameters = StoredData.Parameters(running.Folder);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["redis-password"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["postgres-password"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["key-encryption-key"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["web-client-secret"]);
        Assert.DoesNotContain(parameters, parameter => running.Process.Output.Contains(parameter.Value, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task The_dashboard_shows_resources_a_trace_down_to_the_stores_and_carries_out_a_command()
    {
        var demo = running.Process.DemoClient;
        var token = (await demo.ClientCredentialsAsync()).AccessToken;
        Assert.Equal(HttpStatusCode.OK, (await demo.GetTasksAsync(token)).Status);

        var page = await chromium.NewPageAsync(running.Process.Dashboard);
        await page.GotoAsync(running.Process.Dashboard.AbsoluteUri);
        foreach (var resource in (string[])[
            ResourceNames.AuthServer, ResourceNames.TasksApi, ResourceNames.Web, ResourceNames.Redis, ResourceNames.Postgres
        ])
        {
            await Assertions.Expect(Row(resource)).ToContainTextAsync("Running");
        }

        var withErrors = page.GetByRole(AriaRole.Link, new() { NameRegex = new("error log") });
        Assert.Empty(await withErrors.EvaluateAllAsync<string[]>("links => links.map(link => link.closest('[role=row]').innerText)"));

        await Row(ResourceNames.AuthServer).GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { NameRegex = new("^Commands") }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Rotate the signing key", Exact = true }).ClickAsync();
        await page.GetByText("Yes", new() { Exact = true }).ClickAsync();

        // The dashboard may show the message of a command a second time while the first one fades out.
        await Assertions.Expect(page.GetByText("\"Rotate the signing key\" succeeded").First).ToBeVisibleAsync();

        await Row(ResourceNames.Redis).GetByRole(AriaRole.Button, new() { Name = "Actions" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Open redis-cli", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Tab, new() { Name = "redis-cli" })).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(running.Process.Dashboard, "/traces").AbsoluteUri);
        await page.GetByText("web: GET /api/").First.ClickAsync();
        foreach (var span in (string[])[
            "web: HTTP GET", "tasksapi: GET /api/tasks", $"Outgoing call to {ResourceNames.Redis}",
            $"Outgoing call to {ResourceNames.TasksDb}"
        ])
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = span }).First).ToBeVisibleAsync();
        }

        ILocator Row(string resource) => page.GetByRole(AriaRole.Row, new() { NameRegex = new($": {resource} ") });
    }

    public sealed class Host : IAsyncLifetime
    {
        private HostProcess? _process;

        internal TemporaryFolder Folder { get; } = new();

        internal HostProcess Process => _process ?? throw new InvalidOperationException("The host has not been started.");

        public async Task InitializeAsync() => _process = await HostProcess.StartAsync(Folder.Path);

        public async Task DisposeAsync()
        {
            await (_process?.DisposeAsync() ?? default);
            Folder.Dispose();
        }
    }
}
