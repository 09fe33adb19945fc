using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Web;

/// <summary>
/// A service that is stopped and not ended: the machine goes on accepting its connections, and nothing comes of them.
/// They bound a time, so they run alone.
/// </summary>
[Collection(Alone.Name)]
public sealed class FrozenServiceTests(WebStackFixture fixture) : IClassFixture<WebStackFixture>, IDisposable
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(3);

    private readonly TcpListener _frozen = Frozen();

    private string Address => $"http://127.0.0.1:{((IPEndPoint)_frozen.LocalEndpoint).Port}";

    public void Dispose() => _frozen.Dispose();

    [Fact]
    public async Task Whatever_is_forwarded_to_a_frozen_service_is_a_503_in_time()
    {
        var origin = fixture.Stack.NewWeb(authServer: Address, tasksApi: Address).Listen();
        using var caller = new HttpClient { BaseAddress = origin };

        // Web's own first request is not what is measured.
        Assert.Equal("Healthy", await caller.GetStringAsync("/alive"));

        (string Method, string Path)[] requests =
        [
            ("GET", "/api/tasks"), ("POST", "/api/tasks"), ("PATCH", "/api/tasks/1"), ("DELETE", "/api/tasks/1"), ("GET", "/api/events"),
            ("POST", "/oauth2/token"), ("GET", "/oauth2/jwks"), ("GET", "/oauth2/authorize"), ("GET", "/sign-in"), ("POST", "/sign-in"),
        ];
        var answers = await Task.WhenAll(requests.Select(async asked =>
        {
            var started = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(new(asked.Method), asked.Path)
            {
                Content = asked.Method is "POST" or "PATCH" ? new StringContent(new string('x', 10_000)) : null,
            };
            using var response = await caller.SendAsync(request);
            var hasRetryAfter = response.Headers.RetryAfter is not null;
            return (asked, response.StatusCode, HasRetryAfter: hasRetryAfter, Time: Stopwatch.GetElapsedTime(started));
        }));

        Assert.All(answers, answer =>
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.HasRetryAfter));
            Assert.InRange(answer.Time, TimeSpan.Zero, Promptly);
        });
    }

    [Theory]
    [InlineData(false)] // the API: a page cannot be filled
    [InlineData(true)] // AuthServer: nobody can sign in, and Web learns nothing of it
    public async Task A_page_that_needs_a_frozen_service_says_so_in_time(bool isAuthServer)
    {
        var web = isAuthServer ? fixture.Stack.NewWeb(authServer: Address) : fixture.Stack.NewWeb(tasksApi: Address);
        using var other = isAuthServer ? web.Browser(followRedirects: false) : await SignedInAsync(web);

        // Web's own first page, which no service has a part in, is not what is measured.
        using var home = await other.GetAsync("/privacy-of-nobody");

        var started = Stopwatch.GetTimestamp();
        using var page = await other.GetAsync(isAuthServer ? "/account/sign-in" : "/projects");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Promptly);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.NotNull(page.Headers.RetryAfter);
    }

    private static async Task<HttpClient> SignedInAsync(WebFactory web)
    {
        var browser = web.Browser();
        using var home = await browser.GetAsync("/account/sign-in");
        return browser;
    }

    private static TcpListener Frozen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
