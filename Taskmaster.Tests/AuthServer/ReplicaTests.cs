using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Two processes of the server on the same stores, of which one goes.</summary>
[Collection(Alone.Name)]
public sealed class ReplicaTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "52")]
    public async Task When_a_replica_is_killed_in_the_middle_of_a_sign_in_the_user_finishes_it_on_the_other_and_no_code_is_lost()
    {
        var client = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        await using var doomed = await AuthServerProcess.StartAsync(host);
        var browser = doomed.NewUserAgent();
        await browser.SignInAsync(user);
        var consent = (await browser.GetAsync(client.AuthorizeUrl(("state", "before"))))
            .Is(HttpStatusCode.Redirect).Location!.OriginalString;
        var page = (await browser.GetAsync(consent)).Is(HttpStatusCode.OK);

        await doomed.KillAsync();

        // The page with its form, the cookies and the request are the dead replica's; this one has never seen them.
        var elsewhere = host.NewUserAgent().WithCookiesOf(browser);
        var decided = (await elsewhere.SubmitAsync(page, consent, ("choice", "allow"))).Is(HttpStatusCode.Redirect);
        var back = (await elsewhere.GetAsync(decided.Location!.OriginalString)).Is(HttpStatusCode.Redirect);
        Assert.Equal("before", back.Query["state"]);
        (await client.RedeemAsync(back.Query["code"]!)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "52")]
    public async Task A_code_of_a_replica_that_was_killed_redeems_on_the_other()
    {
        var client = await host.NewClientAsync();
        await using var doomed = await AuthServerProcess.StartAsync(host);
        var code = await client.CodeAsync(await doomed.NewUserAgent().SignInAsync(await host.NewUserAsync()));

        await doomed.KillAsync();

        (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "53")]
    public async Task After_SIGTERM_every_request_that_was_taken_is_answered_and_the_server_ends_within_five_seconds()
    {
        const int requests = 50;
        var client = await host.NewClientAsync();
        await using var server = await AuthServerProcess.StartAsync(host);
        using var http = new HttpClient(
            new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan })
        { BaseAddress = server.Address };
        var taken = 0;
        await TokenRedis.UntilAsync(async () => await AskAsync() == HttpStatusCode.OK);
        taken = 0;

        // Redis keeps all of them waiting, so that they are in the middle of it when the signal comes.
        host.Redis.Pause();
        var answers = Enumerable.Range(0, requests).Select(_ => AskAsync()).ToList();
        await TokenRedis.UntilAsync(() => Task.FromResult(Volatile.Read(ref taken) == requests));
        var signalled = Stopwatch.GetTimestamp();
        await server.TerminateAsync();
        host.Redis.Continue();

        // A busy machine may have kept Redis away for longer than a request waits for it; that is an answer, too. A reset is none.
        Assert.All(await Task.WhenAll(answers), status => Assert.Contains(
            status, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable }));
        await server.WaitForExitAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(signalled), TimeSpan.Zero, TimeSpan.FromSeconds(5));

        async Task<HttpStatusCode> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
            {
                Content = new ContentOnceAskedFor("grant_type=client_credentials", () => Interlocked.Increment(ref taken)),
            };
            request.Headers.ExpectContinue = true;
            request.Headers.Authorization = TestClient.Basic(client.ClientId, client.Secret);
            using var response = await http.SendAsync(request);
            return response.StatusCode;
        }
    }

    /// <summary>A form that is sent when the server answers 100 (Continue), which it does when it begins to read it.</summary>
    private sealed class ContentOnceAskedFor : HttpContent
    {
        private readonly byte[] _form;
        private readonly Action _asked;

        public ContentOnceAskedFor(string form, Action asked)
        {
            _form = Encoding.ASCII.GetBytes(form);
            _asked = asked;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _asked();
            return stream.WriteAsync(_form).AsTask();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _form.Length;
            return true;
        }
    }
}
