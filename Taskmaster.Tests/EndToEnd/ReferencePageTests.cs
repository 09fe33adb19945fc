using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>The API reference (Scalar), as a reader uses it.</summary>
[Collection(Stack.Collection)]
public sealed class ReferencePageTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    public async Task A_reader_signs_in_with_PKCE_on_the_reference_page_and_a_call_from_it_is_answered()
    {
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        var asked = new List<Uri>();
        page.Context.Request += (_, request) => asked.Add(new Uri(request.Url));
        await page.GotoAsync("/api/docs/");
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));

        // Nothing is loaded for whoever only reads what there is.
        Assert.DoesNotContain(asked, url => url.AbsolutePath.Contains("scalar", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Open every call, to read and to try" }).FocusAsync();

        var signIn = await page.RunAndWaitForPopupAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).ClickAsync());
        // It opens on what its own client can do.
        Assert.Equal(0, await page.GetByText("clientCredentials").CountAsync());
        await signIn.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await signIn.FillSignUpAsync(Person.Named("Alice"));
        await signIn.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear tokens" }).WaitForAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "List your tasks" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test Request (get /tasks)", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send get request") }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "Response", Exact = true })
            .GetByRole(AriaRole.Link, new() { Name = "200 OK" })
            .WaitForAsync();

        Assert.Contains(asked, url => url is { AbsolutePath: "/oauth2/authorize" }
            && url.Query.Contains("code_challenge_method=S256", StringComparison.Ordinal));

        // As it opens: no parameter is sent that the reader did not choose.
        Assert.Equal("/api/tasks", Assert.Single(asked, url => url.AbsolutePath == "/api/tasks").PathAndQuery);
        Assert.All(
            asked, url => Assert.True(url.Scheme is "data" or "blob" || url.Authority == stack.PublicOrigin.Authority, url.AbsoluteUri));
    }
}
