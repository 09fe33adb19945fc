using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Authorization requests whose state fills the address, and then those of the pages that follow.</summary>
public sealed class LongRequestTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    /// <summary>What Web takes in one request line.</summary>
    private const int PublicOriginTakes = 32 * 1024;

    [Theory]
    [InlineData("+/=", 700)]
    [InlineData("+/=", 1700)]
    [InlineData("%", 5000)]
    [InlineData("a", 15_000)]
    public async Task A_request_that_is_taken_fits_on_every_page_on_its_way_and_ends_with_its_state(string part, int times)
    {
        var state = string.Concat(Enumerable.Repeat(part, times));
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = host.NewUserAgent();

        var signIn = Next(await alice.GetAsync(client.AuthorizeUrl(("state", state), ("login_hint", new string('x', 300)))));
        var signedIn = Next(await alice.SubmitAsync(signIn, ("Email", user.Email), ("Password", user.Password)));
        var consent = Next(await alice.GetAsync(signedIn));
        Assert.StartsWith("/consent?", consent, StringComparison.Ordinal);
        var allowed = Next(await alice.SubmitAsync(consent, ("choice", "allow")));
        var answer = (await alice.GetAsync(allowed)).Is(HttpStatusCode.Redirect);

        Assert.NotNull(answer.Query["code"]);
        Assert.Equal(state, answer.Query["state"]);

        static string Next(Answer redirect)
        {
            var next = redirect.Is(HttpStatusCode.Redirect).Location!.OriginalString;
            Assert.InRange(next.Length, 1, PublicOriginTakes - "POST  HTTP/1.1".Length);
            return next;
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_longer_one_is_refused_before_anybody_signs_in(string method)
    {
        var client = await host.NewClientAsync();
        var url = client.AuthorizeUrl(("state", new string('s', 16 * 1024)));
        var request = method == "GET"
            ? new HttpRequestMessage(HttpMethod.Get, url)
            : new HttpRequestMessage(HttpMethod.Post, "/oauth2/authorize")
            {
                Content = new StringContent(
                url.Split('?')[1], System.Text.Encoding.ASCII, "application/x-www-form-urlencoded")
            };

        var answer = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.Redirect);

        Assert.StartsWith(client.RedirectUri + "?", answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_request", answer.Query["error"]);
        Assert.Equal("The request is too long: shorten state, or push the request (RFC 9126)", answer.Query["error_description"]);
    }

    [Fact]
    public async Task A_pushed_one_may_be_long()
    {
        var client = await host.NewClientAsync();
        var state = new string('s', 20 * 1024);
        var pushed = (await client.PostAsync("/oauth2/par", ("response_type", "code"), ("client_id", client.ClientId),
            ("redirect_uri", client.RedirectUri), ("scope", "openid"), ("state", state))).Is(HttpStatusCode.Created);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var answer = await alice.AllowAsync(
            $"/oauth2/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString(pushed["request_uri"])}");

        Assert.Equal(state, answer.Query["state"]);
    }
}
