using Duende.IdentityModel.OidcClient;
using Duende.IdentityModel.OidcClient.Browser;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd;

/// <summary>
/// RP-initiated logout with .NET's client libraries, unmodified, for an application of the Developer page: its user is signed
/// out of Taskmaster and ends at the client. <see cref="RelyingPartyTests"/> and <see cref="BrowserClientTests"/> have those of
/// JavaScript.
/// </summary>
[Collection(Stack.Collection)]
public sealed class LogoutTests(Stack stack)
{
    [Fact]
    public async Task Of_the_OpenID_Connect_handler_of_ASP_NET_Core()
    {
        await using var website = await OidcWebsite.StartAsync();
        using var browser = new Browser(stack.PublicOrigin);
        var alice = Person.Named("Alice");
        await browser.SignUpAsync(alice);
        website.Use(
            stack.PublicOrigin, await browser.RegisterRelyingPartyAsync("A website", website.RedirectUri, website.PostLogoutRedirectUri));

        await browser.OpenAsync(website.Address + "/secret");
        await browser.SubmitAsync("Allow");
        await browser.ReturnToClientAsync();
        Assert.Equal($"The secret of {alice.Name}", browser.Page.Body!.TextContent);

        await browser.OpenAsync(website.Address + "/sign-out");
        await browser.ReturnToClientAsync();

        Assert.Equal(website.Address + "/", browser.Location.AbsoluteUri);
        Assert.Equal("Signed out", browser.Page.Body!.TextContent);
        await IsSignedOutAsync(browser);
    }

    [Fact]
    public async Task Of_Duende_OidcClient()
    {
        using var browser = new Browser(stack.PublicOrigin);
        var alice = Person.Named("Alice");
        await browser.SignUpAsync(alice);
        var registered = await browser.RegisterRelyingPartyAsync(
            "A desktop application", "http://127.0.0.1/callback", "http://127.0.0.1/signed-out");
        var client = new OidcClient(new OidcClientOptions
        {
            Authority = stack.PublicOrigin.GetLeftPart(UriPartial.Authority),
            ClientId = registered.ClientId,
            ClientSecret = registered.ClientSecret,
            Scope = "openid profile offline_access",
            RedirectUri = registered.RedirectUri!,
            PostLogoutRedirectUri = "http://127.0.0.1/signed-out",
            Browser = new SystemBrowser(browser),
            Policy = new Policy { Discovery = { RequireHttps = false } },
        });

        var signedIn = await client.LoginAsync();
        Assert.False(signedIn.IsError, $"{signedIn.Error} {signedIn.ErrorDescription}");
        Assert.Equal(alice.Name, signedIn.User.Identity!.Name);

        var signedOut = await client.LogoutAsync(new LogoutRequest { IdTokenHint = signedIn.IdentityToken });
        Assert.False(signedOut.IsError, signedOut.Error);

        // It sends no state, so none comes back (RP-Initiated Logout §3).
        Assert.Equal("http://127.0.0.1/signed-out", signedOut.Response);
        await IsSignedOutAsync(browser);
    }

    private static async Task IsSignedOutAsync(Browser browser)
    {
        await browser.OpenAsync("/password");
        Assert.Equal("/sign-in", browser.Location.AbsolutePath);
    }

    /// <summary>What OidcClient opens for its user.</summary>
    private sealed class SystemBrowser(Browser browser) : IBrowser
    {
        public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken = default)
        {
            await browser.OpenAsync(options.StartUrl);
            if (browser.Redirect is null && browser.HasButton("Allow"))
            {
                await browser.SubmitAsync("Allow");
            }

            Assert.True(
                browser.Redirect is not null, $"{browser.Status} {browser.Location.AbsolutePath} {browser.Page.Body?.TextContent}");
            Assert.StartsWith(options.EndUrl, browser.Redirect.AbsoluteUri, StringComparison.Ordinal);
            return new BrowserResult { ResultType = BrowserResultType.Success, Response = browser.Redirect.AbsoluteUri };
        }
    }
}
