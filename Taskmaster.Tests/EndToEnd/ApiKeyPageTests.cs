using System.Net;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>API keys as a person makes and revokes them, in a browser without JavaScript.</summary>
[Collection(Stack.Collection)]
public sealed class ApiKeyPageTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_key_is_shown_once_opens_the_API_within_its_scopes_and_ends_with_its_revocation()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        await page.GotoAsync("/developer/api-keys");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Backup script");
        Assert.True(await page.GetByRole(AriaRole.Checkbox, new() { Name = "See your projects and tasks" }).IsCheckedAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();

        var shown = page.GetByLabel("API key", new() { Exact = true });
        Assert.False(await shown.IsEditableAsync());
        var key = await shown.InputValueAsync();
        Assert.StartsWith("tmk_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key, page.Url, StringComparison.Ordinal);
        Assert.Equal("[]", (await Shell.RunAsync(await page.GetByLabel("curl code", new() { Exact = true }).InputValueAsync())).Trim());
        Assert.Equal((HttpStatusCode.OK, "[]"), await AskAsync(HttpMethod.Get, key));
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(HttpMethod.Post, key)).Status);

        await page.ReloadAsync();
        Assert.Equal(0, await shown.CountAsync());
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Rowheader, new() { Name = "Backup script" }).WaitForAsync();

        // The summary of a details element: what opens without JavaScript, and by keyboard.
        await page.Locator("summary", new() { HasText = "Backup script" }).FocusAsync();
        await page.PressKeysAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke key Backup script" }).ClickAsync();
        await page.GetByText("API key revoked.").WaitForAsync();
        await page.GetByText("No API keys yet.").WaitForAsync();
        await UntilRefusedAsync(key);
    }

    private async Task UntilRefusedAsync(string key)
    {
        // Within a second: a replica asks anew that often (docs/decisions/0004).
        HttpStatusCode status;
        string body;
        do
        {
            (status, body) = await AskAsync(HttpMethod.Get, key);
        }
        while (status == HttpStatusCode.OK);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"error":"invalid_api_key","error_description":"The API key is invalid, expired or was revoked"}"""), (
                status, body));
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpMethod method, string key)
    {
        using var http = stack.CreateClient();
        using var request = new HttpRequestMessage(method, new Uri("/api/projects", UriKind.Relative));
        request.Headers.Add("x-api-key", key);
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
