using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.Playwright;
using Taskmaster.Tests.Fixtures;
using static Microsoft.Playwright.Assertions;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>An agent that brings a metadata document and no registration, through the public origin.</summary>
[Collection(Stack.Collection)]
public sealed class DocumentClientTests(Stack stack, Chromium chromium) : IClassFixture<Chromium>
{
    [BrowserFact]
    [Trait("Behaviour", "18")]
    [Trait("Behaviour", "33")]
    public async Task A_person_lets_an_agent_in_by_its_host_and_disconnects_it_by_that()
    {
        await using var website = await ClientWebsite.StartAsync();
        await using var documents = await DocumentServer.StartAsync();
        var agent = new RegisteredClient(
            stack.PublicOrigin, documents.PublishNew(("redirect_uris", new JsonArray(website.RedirectUri))), ClientSecret: null,
            website.RedirectUri);
        var host = new Uri(agent.ClientId).Authority;
        var page = await chromium.NewPageAsync(stack.PublicOrigin, javaScript: false);
        await page.SignUpAsync(Person.Named("Alice"));
        var pkce = Pkce.New();

        await page.GotoAsync(agent.AuthorizeUrl("openid tasks:read offline_access", pkce: pkce));
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToHaveTextAsync($"Allow {host} to use your Taskmaster account?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await page.UntilAtAsync(website.RedirectUri);
        var bought = (await agent.RedeemAsync(HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"]!, pkce.Verifier))
            .Is(HttpStatusCode.OK);
        (await agent.GetTasksAsync(bought.AccessToken)).Is(HttpStatusCode.OK, "[]");

        await page.GotoAsync("/account");
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = host }).First;
        await Expect(row).ToContainTextAsync("It says it is Example Agent");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Disconnect {host}", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Application disconnected. Its access has ended.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await agent.GetTasksAsync(bought.AccessToken)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await agent.RefreshAsync(bought["refresh_token"])).Status);
    }
}
