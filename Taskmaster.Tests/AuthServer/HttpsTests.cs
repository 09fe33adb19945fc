using System.Net;

namespace Taskmaster.Tests.AuthServer;

public sealed class HttpsTests : IAsyncLifetime
{
    private const string Origin = "https://taskmaster.test";

    private readonly AuthServerHost _host = new(origin: Origin);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "22")]
    public async Task On_https_every_cookie_is_secure_and_belongs_to_this_host_alone()
    {
        var user = await _host.NewUserAsync();

        var page = (await _host.NewUserAgent().GetAsync("/sign-in")).Is(HttpStatusCode.OK);
        var answer = (await _host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", user.Password)))
            .Is(HttpStatusCode.Redirect);

        var cookies = new[] { page, answer }.SelectMany(response => response.Message.Headers.GetValues("Set-Cookie")).ToList();
        Assert.True(cookies.Count >= 2);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-taskmaster.auth", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; path=/", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task The_issuer_is_the_https_origin_though_the_request_came_over_http()
    {
        var discovery = (await _host.NewUserAgent().GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK).Json;

        Assert.Equal(Origin, (string?)discovery["issuer"]);
        Assert.Equal(Origin + "/oauth2/token", (string?)discovery["token_endpoint"]);
    }
}
