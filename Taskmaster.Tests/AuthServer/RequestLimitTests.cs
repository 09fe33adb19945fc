using System.Net;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What the authorization server takes of strangers, also without Web in front of it.</summary>
public sealed class RequestLimitTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Theory]
    [InlineData("/oauth2/token")]
    [InlineData("/oauth2/authorize")]
    [InlineData("/oauth2/par")]
    [InlineData("/oauth2/device")]
    [InlineData("/oauth2/introspect")]
    [InlineData("/oauth2/revoke")]
    [InlineData("/oauth2/userinfo")]
    [InlineData("/oauth2/logout")]
    public async Task A_form_over_64_KiB_is_413_before_it_is_read(string path)
    {
        foreach (var isLengthKnown in new[] { true, false })
        {
            (await PostAsync(path, BodyLimits.Form + 1, isLengthKnown, accept: "*/*"))
                .IsError(HttpStatusCode.RequestEntityTooLarge, "invalid_request", "The request body must be 65536 bytes or less");
        }
    }

    [Fact]
    public async Task A_registration_over_64_KiB_is_413() =>
        (await PostAsync("/oauth2/register", BodyLimits.Form + 1, isLengthKnown: true, accept: "*/*"))
            .IsError(HttpStatusCode.RequestEntityTooLarge, "invalid_request", "The request body must be 65536 bytes or less");

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    [InlineData("/password")]
    [InlineData("/consent")]
    [InlineData("/oauth2/verify")]
    public async Task A_page_says_that_a_form_was_too_large(string path)
    {
        foreach (var isLengthKnown in new[] { true, false })
        {
            var page = (await PostAsync(path, BodyLimits.Form + 1, isLengthKnown, accept: "text/html"))
                .Is(HttpStatusCode.RequestEntityTooLarge);

            Assert.Equal("Too much at once", UserAgent.Html(page).QuerySelector("h1")!.TextContent);
        }
    }

    [Fact]
    public async Task The_longest_redirect_URIs_an_application_can_have_fit_into_the_management_APIs_limit()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var uris = string.Join(',', Enumerable.Range(10, 20).Select(number => $"\"https://app.example/{new string('x', 1970)}{number}\""));

        var created = (await alice.SendAsync(
            HttpMethod.Post, "/clients", $$"""{"name":"App","redirect_uris":[{{uris}}],"post_logout_redirect_uris":[{{uris}}]}"""))
            .Is(HttpStatusCode.Created);

        Assert.Equal(20, created.Json["post_logout_redirect_uris"]!.AsArray().Count);
    }

    private Task<Answer> PostAsync(string path, int length, bool isLengthKnown, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                "x=" + new string('x', length - 2), System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        request.Content.Headers.ContentLength = isLengthKnown ? length : null;
        request.Headers.TransferEncodingChunked = isLengthKnown ? null : true;
        request.Headers.Accept.ParseAdd(accept);
        return host.NewUserAgent().SendAsync(request);
    }
}
