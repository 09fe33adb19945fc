using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.Fixtures;

/// <summary>What people do on many pages, the way they do it: by what labels and buttons say.</summary>
public static class PageExtensions
{
    public static async Task SignUpAsync(this IPage page, Person person)
    {
        await page.GotoAsync("/sign-up");
        await page.FillSignUpAsync(person);
        await page.UntilItLeftAsync("/sign-up");
    }

    /// <summary>
    /// Waits until the address begins so. Asked of the browser again and again: Playwright's WaitForURL can miss a page that
    /// comes while it begins to wait.
    /// </summary>
    public static Task UntilAtAsync(this IPage page, string address) => UntilAsync(page, $"^{Regex.Escape(address)}");

    /// <summary>Waits until the page at this path was left.</summary>
    public static Task UntilItLeftAsync(this IPage page, string path) => UntilAsync(page, $"^(?!.*{Regex.Escape(path)})");

    /// <summary>On the page to sign up, wherever it leads.</summary>
    public static async Task FillSignUpAsync(this IPage page, Person person)
    {
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(person.Name);
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync(person.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up", Exact = true }).ClickAsync();
    }

    /// <summary>Registers an application and takes over the credentials that are shown once.</summary>
    public static async Task<RegisteredClient> RegisterAsync(this IPage page, Uri origin, string name, string redirectUri = "")
    {
        await page.GotoAsync("/developer");
        await page.GetByRole(AriaRole.Link, new() { Name = "New application" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Redirect URIs", new() { Exact = true }).FillAsync(redirectUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create application" }).ClickAsync();
        var clientId = page.GetByLabel("Client ID", new() { Exact = true });
        var clientSecret = page.GetByLabel("Client secret", new() { Exact = true });
        Assert.False(await clientId.IsEditableAsync());
        Assert.False(await clientSecret.IsEditableAsync());
        return new RegisteredClient(
            origin, await clientId.InputValueAsync(), await clientSecret.InputValueAsync(), redirectUri.Length == 0 ? null : redirectUri);
    }

    /// <summary>
    /// Presses keys once the page's scripts have run. Text of a page shows before that, so that whoever has seen what a form led to
    /// may press a key that nothing listens to yet.
    /// </summary>
    public static async Task PressKeysAsync(this IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
            await page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>The address changes before the page's scripts have run, too.</summary>
    private static async Task UntilAsync(IPage page, string pattern)
    {
        await Expect(page).ToHaveURLAsync(new Regex(pattern));
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }
}
