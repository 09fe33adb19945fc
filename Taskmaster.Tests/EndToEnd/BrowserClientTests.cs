using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>Clients in a real browser, on another origin and another site than Taskmaster.</summary>
[Collection(Stack.Collection)]
public sealed class BrowserClientTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [NpmBrowserFact]
    public async Task A_single_page_application_signs_in_refreshes_calls_the_API_and_signs_out_with_an_unmodified_oidc_client_ts()
    {
        await using var application = await SinglePageApplication.StartAsync(stack.PublicOrigin);
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        var alice = Person.Named("Alice");
        await page.SignUpAsync(alice);
        application.ClientId = await RegisterAsync(page, application);

        await page.GotoAsync(application.Address);
        await ClickAsync(page, "Sign in");
        await ClickAsync(page, "Allow");
        await SaysAsync(page, $"signed in as {alice.Name}");

        await ClickAsync(page, "Refresh");
        await SaysAsync(page, "refreshed");

        // The list, an ETag that a script can read, and a 401 that it can read as well.
        await ClickAsync(page, "Call the API");
        await SaysAsync(page, "Renamed true 204 401 true");

        await ClickAsync(page, "Sign out");
        await page.UntilAtAsync(application.PostLogoutRedirectUri);
        await SaysAsync(page, "signed out");

        // Of Taskmaster, too.
        await ClickAsync(page, "Sign in");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/sign-in").AbsoluteUri);
    }

    [BrowserFact]
    public async Task A_form_of_another_site_that_posts_to_logout_leads_to_the_question_and_signs_nobody_out()
    {
        await using var website = await ClientWebsite.StartAsync();
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));

        await page.GotoAsync(website.RedirectUri);
        await SubmitFormAsync(page, "/oauth2/logout");

        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/sign-out").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new() { Name = "Stay signed in" }).ClickAsync();
        await page.GotoAsync("/projects");
        await page.UntilAtAsync(new Uri(stack.PublicOrigin, "/projects").AbsoluteUri);
    }

    [BrowserFact]
    public async Task A_form_post_answer_reaches_a_client_at_an_IPv6_loopback_address()
    {
        const string redirectUri = "http://[::1]:7777/cb";
        var page = await chromium.NewPageAsync(stack.PublicOrigin);
        await page.SignUpAsync(Person.Named("Alice"));
        var client = await page.RegisterAsync(stack.PublicOrigin, "A native application", redirectUri);
        var received = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(new Regex(@"^http://\[::1\]:7777/"), route =>
        {
            received.TrySetResult(route.Request.PostData);
            return route.FulfillAsync(new() { Body = "received" });
        });

        await page.GotoAsync(client.AuthorizeUrl(state: "xyz") + "&response_mode=form_post");
        await ClickAsync(page, "Allow");

        Assert.Contains("state=xyz", await received.Task.WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
    }

    private async Task SubmitFormAsync(IPage page, string path)
    {
        const string form = """
            action => {
              const form = Object.assign(document.createElement('form'), { method: 'post', action });
              document.body.append(form);
              form.submit();
            }
            """;
        _ = await page.EvaluateAsync(form, new Uri(stack.PublicOrigin, path).AbsoluteUri);
    }

    private static async Task<string> RegisterAsync(IPage page, SinglePageApplication application)
    {
        await page.GotoAsync("/developer/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("A single-page application");
        await page.GetByLabel("Redirect URIs", new() { Exact = true }).FillAsync(application.RedirectUri);
        await page.GetByLabel("Post-logout redirect URIs", new() { Exact = true }).FillAsync(application.PostLogoutRedirectUri);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Public" }).CheckAsync();
        await ClickAsync(page, "Create application");
        return await page.GetByLabel("Client ID", new() { Exact = true }).InputValueAsync();
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task SaysAsync(IPage page, string text) =>
        Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(text);
}
