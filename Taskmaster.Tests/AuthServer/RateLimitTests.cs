using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

[Collection(Alone.Name)]
public sealed partial class RateLimitTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_client_over_its_limit_is_told_when_to_come_back_and_is_let_in_then()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:token:Limit", "2"), ("RateLimits:token:Window", "00:01:00"));

        var first = (await TokenAsync(server, client)).Is(HttpStatusCode.OK);
        Assert.Equal("\"token\";q=2;w=60", Header(first, "RateLimit-Policy"));
        Assert.Equal("\"token\";r=1;t=60", Header(first, "RateLimit"));
        Assert.Equal("\"token\";r=0;t=60", Header((await TokenAsync(server, client)).Is(HttpStatusCode.OK), "RateLimit"));

        host.Clock.Advance(TimeSpan.FromSeconds(20));
        var refused = await TokenAsync(server, client);
        refused.IsError(HttpStatusCode.TooManyRequests, "too_many_requests", "Too many requests. Try again in 40 s.");
        Assert.Equal("\"token\";r=0;t=40", Header(refused, "RateLimit"));
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Message.Headers.RetryAfter!.Delta);
        Assert.True(refused.Message.Headers.CacheControl!.NoStore);

        host.Clock.Advance(TimeSpan.FromSeconds(40));
        (await TokenAsync(server, client)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_client_has_one_limit_whether_it_authenticates_by_header_or_form_and_however_it_spells_its_id_and_the_path()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:token:Limit", "1"));

        (await TokenAsync(server, client)).Is(HttpStatusCode.OK);

        var form = new HttpRequestMessage(HttpMethod.Post, "/OAuth2/token/")
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("grant_type", "client_credentials"),
                    KeyValuePair.Create("client_id", client.ClientId), KeyValuePair.Create("client_secret", client.Secret)]),
        };
        (await host.NewUserAgent(server).SendAsync(form)).Is(HttpStatusCode.TooManyRequests);

        var spelled = $"%{(int)client.ClientId[0]:X2}{client.ClientId[1..]}:{client.Secret}";
        (await TokenAsync(server, client, authorization: spelled)).Is(HttpStatusCode.TooManyRequests);
        (await TokenAsync(server, client, authorization: $"%{(int)client.ClientId[0]:x2}{client.ClientId[1..]}:{client.Secret}"))
            .Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Replicas_count_together()
    {
        const int limit = 30;
        var client = await host.NewClientAsync();
        (string, string)[] settings = [("RateLimits:token:Limit", $"{limit}"), ("RateLimits:token:Window", "01:00:00")];
        var (here, there) = (NewWindow(settings), host.NewReplica(settings));
        for (var request = 0; request < limit; request++)
        {
            (await TokenAsync(here, client)).Is(HttpStatusCode.OK);
        }

        (await TokenAsync(there, client)).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(host.Redis.Address);
        await TokenRedis.UntilAsync(async () =>
        {
            var keys = redis.GetServers()[0].Keys(pattern: "rl:token:*").ToArray();
            return (await redis.GetDatabase().StringGetAsync(keys)).Any(total => total == limit + 1);
        });

        // Whichever of the two told Redis last knows the total; the other hears it with what it counts next.
        _ = await TokenAsync(there, client);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await TokenRedis.UntilAsync(async () => (await TokenAsync(there, client)).Status is HttpStatusCode.TooManyRequests);
        (await TokenAsync(here, client)).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Sign_ins_of_an_address_are_counted_in_Redis_to_the_last_one()
    {
        var user = await host.NewUserAsync();
        (string, string)[] settings = [("RateLimits:signin:Limit", "5"), ("RateLimits:signin:Window", "00:10:00")];
        var replicas = new[] { NewWindow(settings), host.NewReplica(settings) };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(attempt => SignInAsync(replicas[attempt % 2], user, "203.0.113.10")));

        Assert.Equal(5, answers.Count(answer => answer.Status is HttpStatusCode.Redirect));
        var refused = answers.Where(answer => answer.Status is HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(7, refused.Count);
        Assert.Contains("Too many attempts", UserAgent.Html(refused[0]).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("600", Header(refused[0], "Retry-After"));
        (await SignInAsync(replicas[0], user, "203.0.113.11")).Is(HttpStatusCode.Redirect);
        (await host.NewUserAgent(replicas[0]).GetAsync("/sign-in")).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Without_Redis_each_replica_holds_an_address_to_the_limit()
    {
        var own = new AuthServerHost();
        await own.InitializeAsync();
        var user = await own.NewUserAsync();
        var server = own.NewReplica(("RateLimits:signin:Limit", "2"), ("RateLimits:signin:Window", "01:00:00"));

        await own.Redis.KillAsync();

        // One page for all: signing in needs no Redis, only counting does.
        (await SignInAsync(server, user, "203.0.113.12", own)).Is(HttpStatusCode.Redirect);
        (await SignInAsync(server, user, "203.0.113.12", own)).Is(HttpStatusCode.Redirect);
        (await SignInAsync(server, user, "203.0.113.12", own)).Is(HttpStatusCode.TooManyRequests);
        await own.DisposeAsync();
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task An_address_has_a_limit_there_too()
    {
        (string Policy, string Path)[] limited =
        [
            ("clientconfiguration", "/oauth2/register/nobodys"),
            ("clientconfiguration", "/OAuth2/register/nobodys/"),
            ("authorize", "/oauth2/authorize"),
            ("userinfo", "/oauth2/userinfo"),
            ("management", "/audit"),
            ("management", "/clients/nobodys"),
        ];
        var server = NewWindow([.. limited.Select(one => ($"RateLimits:{one.Policy}:Limit", "2")).Distinct()]);

        foreach (var (index, (policy, path)) in limited.Index())
        {
            var (busy, quiet) = ($"203.0.113.{20 + index}", $"203.0.113.{120 + index}");
            Assert.Equal($"\"{policy}\";q=2;w=60", Header(await GetAsync(busy, path), "RateLimit-Policy"));
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await GetAsync(busy, path)).Status);
            (await GetAsync(busy, path))
                .IsError(HttpStatusCode.TooManyRequests, "too_many_requests", "Too many requests. Try again in 60 s.");
            Assert.NotEqual(HttpStatusCode.TooManyRequests, (await GetAsync(quiet, path)).Status);
        }

        Task<Answer> GetAsync(string address, string path)
        {
            var request = From(address, new HttpRequestMessage(HttpMethod.Get, path));
            request.Headers.Authorization = new("Bearer", "no-token");
            return host.NewUserAgent(server).SendAsync(request);
        }
    }

    [Fact]
    public void Every_path_of_the_management_API_is_limited()
    {
        var paths = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy == ManagementApi.Policy)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .ToList();

        Assert.True(paths.Count >= 18, $"Only {paths.Count} found.");
        Assert.All(paths, path => Assert.True(ManagementApi.Has(path), path));
    }

    [Theory]
    [InlineData("Limit", "0")]
    [InlineData("Window", "00:00:00.5")]
    [InlineData("Window", "02:00:00")]
    public void A_limit_that_makes_no_sense_keeps_the_server_from_starting(string setting, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => host.NewReplica(($"RateLimits:token:{setting}", value)));

        Assert.Contains("RateLimits:token", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_client_that_keeps_knocking_costs_Redis_nothing_and_no_other_client_its_token_or_a_command_more()
    {
        var (quiet, noisy) = (await host.NewClientAsync(), await host.NewClientAsync());
        var server = NewWindow(("RateLimits:token:Limit", "20"));
        for (var request = 0; request < 20; request++)
        {
            (await TokenAsync(server, noisy)).Is(HttpStatusCode.OK);
        }

        await using var redis = await TokenRedis.ConnectAsync(TokenRedis.Configure([host.Redis.Address]));
        var before = await WritesAsync(redis);
        for (var knock = 0; knock < 100; knock++)
        {
            (await TokenAsync(server, noisy)).Is(HttpStatusCode.TooManyRequests);
        }

        Assert.Equal(before, await WritesAsync(redis));
        for (var request = 0; request < 10; request++)
        {
            (await TokenAsync(server, quiet)).Is(HttpStatusCode.OK);
        }

        var alone = await WritesAsync(redis) - before;
        Assert.Equal(10, alone);

        using var enough = new CancellationTokenSource();
        var noise = KnockAsync(server, noisy, enough.Token);
        for (var request = 0; request < 10; request++)
        {
            (await TokenAsync(server, quiet)).Is(HttpStatusCode.OK);
        }

        await enough.CancelAsync();
        Assert.True(await noise > 0);
        Assert.Equal(before + alone + alone, await WritesAsync(redis));
    }

    /// <summary>The commands by which AuthServer keeps anything, a token or a count, since the server started.</summary>
    private static async Task<long> WritesAsync(IConnectionMultiplexer redis)
    {
        string[] writes = ["cmdstat_set", "cmdstat_setex", "cmdstat_psetex", "cmdstat_eval", "cmdstat_evalsha"];
        var statistics = (await redis.GetServers()[0].InfoAsync("commandstats")).SelectMany(section => section);
        return statistics
            .Where(command => writes.Contains(command.Key))
            .Sum(command => long.Parse(command.Value.Split('=', ',')[1], CultureInfo.InvariantCulture));
    }

    private async Task<int> KnockAsync(AuthServerHost.Replica server, TestClient client, CancellationToken enough)
    {
        var refused = 0;
        while (!enough.IsCancellationRequested)
        {
            (await TokenAsync(server, client)).Is(HttpStatusCode.TooManyRequests);
            refused++;
            await Task.Yield();
        }

        return refused;
    }

    /// <summary>A replica with these settings, at the very beginning of a window of any length up to an hour.</summary>
    private AuthServerHost.Replica NewWindow(params (string Name, string Value)[] settings)
    {
        var hour = TimeSpan.FromHours(1);
        host.Clock.Advance(TimeSpan.FromTicks(hour.Ticks - (host.Clock.GetUtcNow().Ticks % hour.Ticks)));
        return host.NewReplica(settings);
    }

    private Task<Answer> TokenAsync(AuthServerHost.Replica server, TestClient client, string? address = null, string? authorization = null)
    {
        var request = From(address, new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        });
        request.Headers.Authorization = authorization is null
            ? TestClient.Basic(client.ClientId, client.Secret)
            : new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(authorization)));
        return host.NewUserAgent(server).SendAsync(request);
    }

    private async Task<Answer> SignInAsync(AuthServerHost.Replica server, TestUser user, string address, AuthServerHost? of = null)
    {
        var browser = (of ?? host).NewUserAgent(server);
        var page = (await browser.GetAsync("/sign-in")).Is(HttpStatusCode.OK);
        var token = UserAgent.Html(page).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var request = From(address, new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("Email", user.Email),
                    KeyValuePair.Create("Password", user.Password), KeyValuePair.Create("__RequestVerificationToken", token)]),
        });
        request.Headers.Accept.ParseAdd("text/html");
        return await browser.SendAsync(request);
    }

    private static HttpRequestMessage From(string? address, HttpRequestMessage request)
    {
        if (address is not null)
        {
            request.Headers.Add("X-Forwarded-For", address);
        }

        return request;
    }

    private static string Header(Answer answer, string name) => Assert.Single(answer.Message.Headers.GetValues(name));
}
