using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Input nobody means: refused, never a server error.</summary>
public sealed class BadInputTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Theory]
    [InlineData("grant_type=client_credentials&client_id=%00&client_secret=x")]
    [InlineData("grant_type=authorization_code&client_id=a%00b&client_secret=%00&code=%00&redirect_uri=%00")]
    [InlineData("grant_type=client_credentials&client_assertion=e30.%21.AAAA.AAAA.AAAA")]
    [InlineData("grant_type=refresh_token&refresh_token=e30.%21.AAAA.AAAA.AAAA")]
    [InlineData("grant_type=authorization_code&code=e30.%21.AAAA.AAAA.AAAA")]
    [InlineData("grant_type=%00")]
    [InlineData("%")]
    [InlineData("&&&===&")]
    [InlineData("grant_type=client_credentials&client_id=%ff%fe&client_secret=%ed%a0%80")]
    public async Task The_token_endpoint_refuses_unreadable_parameters(string body)
    {
        var answer = await PostAsync("/oauth2/token", body);

        Assert.InRange((int)answer.Status, 400, 401);
        Assert.NotNull(answer["error"]);
    }

    [Fact]
    public async Task A_form_with_more_parameters_than_can_be_read_is_a_bad_request()
    {
        var body = string.Join('&', Enumerable.Range(0, 5000).Select(number => $"p{number}=x"));

        foreach (var path in new[] { "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/authorize" })
        {
            (await PostAsync(path, body)).IsError(HttpStatusCode.BadRequest, "invalid_request", "The request cannot be read");
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded, text/plain")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/form-data")]
    [Trait("Behaviour", "26")]
    public async Task A_form_of_another_kind_or_one_that_cannot_be_read_is_a_bad_request(string contentType)
    {
        foreach (var path in (string[])["token", "par", "device", "introspect", "revoke", "authorize", "verify"])
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/oauth2/{path}") { Content = new ByteArrayContent("{}"u8.ToArray()) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            (await host.NewUserAgent().SendAsync(request))
                .IsError(HttpStatusCode.BadRequest, "invalid_request", "The Content-Type must be application/x-www-form-urlencoded");
        }
    }

    [Fact]
    public async Task A_browser_that_tries_another_method_sees_the_error_page_and_no_success()
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/oauth2/register");
        request.Headers.Accept.ParseAdd("text/html");

        var page = (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.MethodNotAllowed);

        Assert.Equal("This did not work", UserAgent.Html(page).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("max_age", "99999999999999999999")]
    [InlineData("max_age", "9223372036854775807")]
    [InlineData("max_age", "-1")]
    [InlineData("max_age", "soon")]
    [InlineData("prompt", "none login")]
    [InlineData("prompt", "\0")]
    [InlineData("response_mode", "\0")]
    [InlineData("id_token_hint", "\0")]
    [InlineData("id_token_hint", "e30.!.AAAA.AAAA.AAAA")]
    [InlineData("request_uri", "e30.!.AAAA.AAAA.AAAA")]
    [InlineData("request_uri", "urn:ietf:params:oauth:request_uri:x")]
    [InlineData("request", "x.y.z")]
    [InlineData("decision", "made-up")]
    [InlineData("scope", "\0")]
    [InlineData("state", "\0\r\nSet-Cookie: x=y")]
    [InlineData("client_id", "\0")]
    [InlineData("redirect_uri", "https://yourapp.com/auth/callback\0")]
    public async Task The_authorization_endpoint_answers_or_refuses_any_value(string parameter, string value)
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var answer = await alice.GetAsync(client.AuthorizeUrl((parameter, value)), accept: "*/*");

        Assert.Contains(answer.Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.BadRequest });
        Assert.False(answer.Message.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith("x=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Max_age_zero_asks_to_sign_in_once_and_not_for_ever()
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        await alice.AllowAsync(client.AuthorizeUrl());
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        var asked = (await alice.GetAsync(client.AuthorizeUrl(("max_age", "0")))).Is(HttpStatusCode.Redirect);
        var signedIn = await alice.SubmitAsync(asked.Location!.OriginalString, ("Email", user.Email), ("Password", user.Password));
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await alice.GetAsync(signedIn.Location!.OriginalString)).Query["code"]);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    public async Task A_form_with_a_NUL_in_it_is_a_bad_request(string path) =>
        (await host.NewUserAgent().SubmitAsync(path, ("Name", "A\0"), ("Email", "a\0@example.com"), ("Password", "correct\0horse")))
            .Is(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Signing_out_to_an_address_that_is_nobodys_is_refused()
    {
        foreach (var address in new[] { "https://evil.example/", "%00", "https://evil.example/%00" })
        {
            (await host.NewUserAgent().GetAsync($"/oauth2/logout?post_logout_redirect_uri={address}", accept: "*/*"))
                .Is(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task A_token_with_a_part_that_is_not_in_base64url_is_no_token()
    {
        const string encrypted = "e30.!.AAAA.AAAA.AAAA";
        var client = await host.NewClientAsync();

        Assert.False(await client.IsActiveAsync(encrypted));
        (await client.RevokeAsync(encrypted)).Is(HttpStatusCode.OK);
        foreach (var path in new[] { "/oauth2/userinfo", "/clients" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", encrypted);
            (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.Unauthorized);
        }

        Assert.InRange((int)(await host.NewUserAgent().GetAsync($"/oauth2/logout?id_token_hint={encrypted}", accept: "*/*")).Status, 200, 499);
    }

    private Task<Answer> PostAsync(string path, string body) =>
        host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"),
        });
}
