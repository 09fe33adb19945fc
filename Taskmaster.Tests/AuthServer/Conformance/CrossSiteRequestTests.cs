using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>
/// What another site makes a browser send. The session cookie is <c>SameSite=Lax</c> (RFC 6265bis §5.8.3): a form that is posted
/// comes without it, although its user is signed in.
/// </summary>
[Collection(ConformanceCollection.Name)]
public sealed class CrossSiteRequestTests(AuthServerHost host)
{
    [Theory]
    [InlineData("")]
    [InlineData("state=xyz")]
    public async Task A_foreign_form_that_posts_to_logout_signs_nobody_out_unasked(string form)
    {
        var (party, _) = await SignedInAsync();

        var comesBack = (await PostWithoutCookiesAsync("/oauth2/logout", form)).Is(HttpStatusCode.SeeOther);
        Assert.False(comesBack.Message.Headers.Contains("Set-Cookie"));
        var asked = (await party.Browser.GetAsync(comesBack.Location!.OriginalString)).Is(HttpStatusCode.Redirect);

        Assert.StartsWith("/sign-out?", asked.Location!.OriginalString, StringComparison.Ordinal);
        Assert.True(await party.IsSignedInAsync());
    }

    [Fact]
    public async Task A_client_that_posts_the_users_own_id_token_signs_them_out_before_they_return_to_it()
    {
        var (party, idToken) = await SignedInAsync();
        var form = $"id_token_hint={idToken}&post_logout_redirect_uri={Uri.EscapeDataString(RelyingParty.SignedOutUri)}&state=xyz";

        var comesBack = (await PostWithoutCookiesAsync("/oauth2/logout", form)).Is(HttpStatusCode.SeeOther);
        var answer = (await party.Browser.GetAsync(comesBack.Location!.OriginalString)).Is(HttpStatusCode.Redirect);

        Assert.Equal(RelyingParty.SignedOutUri + "?state=xyz", answer.Location!.OriginalString);
        Assert.False(await party.IsSignedInAsync());
    }

    /// <summary>Of the same site, say a page of ours: the cookie is there, and nothing has to come back.</summary>
    [Fact]
    public async Task A_form_with_the_cookie_is_answered_at_once()
    {
        var (party, idToken) = await SignedInAsync();

        (await party.Browser.SendAsync(Post("/oauth2/logout", $"id_token_hint={idToken}"))).Is(HttpStatusCode.Redirect);

        Assert.False(await party.IsSignedInAsync());
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_returns_to_the_client_and_keeps_what_cookies_they_have()
    {
        var answer = (await host.NewUserAgent().GetAsync("/oauth2/logout")).Is(HttpStatusCode.Redirect);

        Assert.Equal("/", answer.Location!.OriginalString);
        Assert.False(answer.Message.Headers.Contains("Set-Cookie"));
    }

    /// <summary>There the cookie is missing as well, nobody can be asked, and "signed out" would be a guess.</summary>
    [Theory]
    [InlineData("iframe", HttpStatusCode.BadRequest)]
    [InlineData("image", HttpStatusCode.BadRequest)]
    [InlineData("empty", HttpStatusCode.BadRequest)]
    [InlineData("document", HttpStatusCode.Redirect)]
    public async Task A_logout_inside_another_page_is_not_said_to_have_happened(string destination, HttpStatusCode status)
    {
        var (party, idToken) = await SignedInAsync();
        var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/oauth2/logout?id_token_hint={idToken}&post_logout_redirect_uri={Uri.EscapeDataString(RelyingParty.SignedOutUri)}");
        request.Headers.Add("Sec-Fetch-Dest", destination);

        (await host.NewUserAgent().SendAsync(request)).Is(status);

        Assert.True(await party.IsSignedInAsync());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("consent")]
    public async Task An_authorization_request_by_POST_finds_the_user_who_is_signed_in(string prompt)
    {
        var (party, _) = await SignedInAsync();
        var parameters = party.Client.AuthorizeUrl(("state", "x y&z"), ("prompt", prompt), ("resource", null)).Split('?')[1];

        var comesBack = (await PostWithoutCookiesAsync("/oauth2/authorize", parameters)).Is(HttpStatusCode.SeeOther);
        var answer = await party.Browser.AllowAsync(comesBack.Location!.OriginalString);

        Assert.NotNull(answer.Query["code"]);
        Assert.Equal("x y&z", answer.Query["state"]);
    }

    [Fact]
    public async Task With_prompt_none_and_nobody_signed_in_it_is_still_login_required()
    {
        var client = await host.NewClientAsync();
        var parameters = client.AuthorizeUrl(("prompt", "none")).Split('?')[1];

        var comesBack = (await PostWithoutCookiesAsync("/oauth2/authorize", parameters)).Is(HttpStatusCode.SeeOther);

        Assert.Equal("login_required", (await host.NewUserAgent().GetAsync(comesBack.Location!.OriginalString)).Query["error"]);
    }

    private async Task<(RelyingParty Party, string IdToken)> SignedInAsync()
    {
        var party = await RelyingParty.RegisterAsync(host);
        var idToken = (await party.TokensAsync())["id_token"];
        Assert.True(await party.IsSignedInAsync());
        return (party, idToken);
    }

    private Task<Answer> PostWithoutCookiesAsync(string path, string form) => host.NewUserAgent().SendAsync(Post(path, form));

    private static HttpRequestMessage Post(string path, string form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Accept.ParseAdd("text/html");
        return request;
    }
}
