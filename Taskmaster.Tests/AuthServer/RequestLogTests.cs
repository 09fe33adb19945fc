using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.RequestLogs;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What the owner of a client can read of its requests, and what nobody can.</summary>
public sealed class RequestLogTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task An_owner_and_nobody_else_reads_what_their_client_asked_for_and_why_it_was_refused()
    {
        var client = await host.NewClientAsync();
        (await client.ClientCredentialsAsync(("scope", "tasks:read"))).Is(HttpStatusCode.OK);
        Later();
        (await client.TokenAsync(("grant_type", "authorization_code"), ("code", "no code of ours"), ("redirect_uri", client.RedirectUri)))
            .Is(HttpStatusCode.BadRequest);
        Later();
        (await new TestClient(host, client.ClientId, "not its secret", client.RedirectUri, client.Owner).ClientCredentialsAsync())
            .Is(HttpStatusCode.Unauthorized);
        Later();
        var page = (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("redirect_uri", client.RedirectUri + "/<b>"))))
            .Is(HttpStatusCode.BadRequest);

        var sent = UserAgent.Html(page);
        Assert.Equal([client.ClientId, client.RedirectUri + "/<b>"], sent.QuerySelectorAll("dd").Select(shown => shown.TextContent.Trim()));
        Assert.NotNull(sent.QuerySelector($"a[href='/developer/{client.ClientId}/requests?errors=true']"));

        var log = await LogAsync(client, requests: 4);
        Assert.Equal(
            [
                "GET /oauth2/authorize 400 invalid_request 'Invalid redirect URI' claimed none",
                "POST /oauth2/token 401 invalid_client 'invalid client credentials' claimed client_secret_basic",
                "POST /oauth2/token 400 invalid_grant 'Invalid authorization code' authenticated client_secret_basic",
                "POST /oauth2/token 200  '' authenticated client_secret_basic",
            ],
            log["requests"]!.AsArray().Select(Words));
        Assert.Equal(client.RedirectUri + "/<b>", (string?)log["requests"]![0]!["parameters"]!["redirect_uri"]);
        Assert.Equal(["code"], log["requests"]![2]!["withheld"]!.AsArray().Select(name => (string?)name));
        Assert.Equal("client_credentials", (string?)log["requests"]![3]!["parameters"]!["grant_type"]);
        Assert.All(log["requests"]!.AsArray(), request => Assert.NotEmpty((string)request!["request_id"]!));
        Assert.Equal(
            """{"requests":4,"errors":3,"unauthenticated":2}""", log["counts"]!.ToJsonString());

        var mallory = await ManagingUser.SignInAsync(host);
        foreach (var path in (string[])["requests", "request-counts"])
        {
            (await mallory.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}/{path}")).Is(HttpStatusCode.NotFound);
            (await mallory.SendAsync(HttpMethod.Get, $"/clients/nobody/{path}")).Is(HttpStatusCode.NotFound);
            (await host.NewUserAgent().GetAsync($"/clients/{client.ClientId}/{path}", accept: "*/*")).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_request_is_in_the_log_the_same_whichever_path_answers()
    {
        var client = await host.NewClientAsync();
        var pipeline = new TestClient(
            host, client.ClientId, client.Secret, client.RedirectUri, client.Owner,
            host.NewUserAgent(host.NewReplica(("Fast:ShortPath", "false"))));
        foreach (var way in (TestClient[])[client, client, pipeline])
        {
            var token = (await way.ClientCredentialsAsync(("scope", "tasks:read"))).Is(HttpStatusCode.OK)["access_token"];
            (await way.IntrospectAsync(token)).Is(HttpStatusCode.OK);
        }

        var log = (await LogAsync(client, requests: 6))["requests"]!.AsArray();

        Assert.All(log.GroupBy(request => (string?)request!["endpoint"]), same =>
        {
            Assert.Equal(3, same.Count());
            Assert.Single(same.Select(request => Words(request) + request!["parameters"] + request["withheld"]).Distinct());
        });
    }

    [Fact]
    [Trait("Behaviour", "12")]
    public async Task Nothing_secret_is_kept_of_any_kind_of_request_however_wrong_it_is()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var code = await client.CodeAsync(
            alice, ("scope", "openid offline_access"), ("state", "canary-state"), ("nonce", "canary-nonce"), ("login_hint", "canary@login.hint"));
        var bought = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
        var refreshed = (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
        (await client.IntrospectAsync(refreshed["access_token"])).Is(HttpStatusCode.OK);
        var pushed = (await client.PostAsync(
            "/oauth2/par", ("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri),
            ("state", "canary-state"))).Is(HttpStatusCode.Created);

        // Mistakes that people make: the secret in place of something else, the whole address they were called at, JSON.
        (await client.ClientCredentialsAsync(("scope", client.Secret))).Is(HttpStatusCode.BadRequest);
        (await client.ClientCredentialsAsync(("scope", bought["access_token"]))).Is(HttpStatusCode.BadRequest);
        (await client.TokenAsync(("grant_type", client.Secret))).Is(HttpStatusCode.BadRequest);
        (await client.RedeemAsync("canary-unknown-code", ("redirect_uri", client.RedirectUri + "?code=canary-code&state=canary-state")))
            .Is(HttpStatusCode.BadRequest);
        (await client.RedeemAsync("canary-unknown-code", ("redirect_uri", "https://canary-user:canary-pass@yourapp.com/")))
            .Is(HttpStatusCode.BadRequest);
        (await client.TokenAsync(($$"""{"client_secret":"{{client.Secret}}","username":"canary-username"}""", ""))).Is(HttpStatusCode.BadRequest);
        (await client.PostFormAsync("/oauth2/token", [new("canary-twice", "1"), new("canary-twice", "2")])).Is(HttpStatusCode.BadRequest);
        (await client.TokenAsync(
            ("grant_type", "password"), ("username", "canary-username"), ("password", "canary-password"))).Is(HttpStatusCode.BadRequest);
        (await client.TokenAsync(
            ("grant_type", "client_credentials"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", "canary.client.assertion"))).Is(HttpStatusCode.BadRequest);
        (await client.RedeemAsync("canary-unknown-code", ("code_verifier", "canary-verifier"))).Is(HttpStatusCode.BadRequest);
        (await alice.GetAsync(client.AuthorizeUrl(
            ("redirect_uri", "https://yourapp.com/?access_token=canary-code"), ("state", "canary-state")))).Is(HttpStatusCode.BadRequest);
        (await client.RevokeAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK);
        _ = await LogAsync(client, requests: 17);

        var (entries, stored) = await StoredAsync(client.ClientId);

        Assert.Equal(17, entries);
        Assert.Contains(client.RedirectUri!, stored, StringComparison.Ordinal);
        Assert.Contains("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", stored, StringComparison.Ordinal);
        Assert.All(
            [
                "canary", code, bought["access_token"], bought["refresh_token"], bought["id_token"], refreshed["access_token"],
                refreshed["refresh_token"], pushed["request_uri"].Split(':')[^1], client.Secret,
            ],
            secret => Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_Redis_requests_are_answered_as_ever_and_the_log_is_unavailable()
    {
        var own = new AuthServerHost();
        await own.InitializeAsync();
        try
        {
            using var counted = new RecordedMeasurements(own.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
            var client = await own.NewClientAsync();
            var owner = await ManagingUser.SignInAsync(own, client.Owner);
            await own.Redis.KillAsync();

            (await own.NewUserAgent().GetAsync(client.AuthorizeUrl(("redirect_uri", "https://other.example/")), accept: "*/*"))
                .IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid redirect URI");
            await TokenRedis.UntilAsync(() =>
            {
                own.Clock.Advance(RequestLog.Period);
                return Task.FromResult(counted.Count("request_log.dropped outage") > 0);
            });

            var answer = (await owner.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}/requests")).Is(HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(answer.Message.Headers.RetryAfter);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private async Task<JsonNode> LogAsync(TestClient client, int requests)
    {
        await UntilAsync(async () => (await CountAsync(client)).Requests >= requests);
        var owner = await ManagingUser.SignInAsync(host, client.Owner);
        return (await owner.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}/requests")).Is(HttpStatusCode.OK).Json;
    }

    /// <summary>The log is in the order of time, and the clock stands still.</summary>
    private void Later() => host.Clock.Advance(TimeSpan.FromMilliseconds(1));

    private static string Words(JsonNode? request) =>
        $"{request!["method"]} {request["endpoint"]} {request["status"]} {request["error"]} '{request["description"]}' "
        + $"{((bool)request["authenticated"]! ? "authenticated" : "claimed")} {request["authentication"]}";

    private Task<RequestCounts> CountAsync(TestClient client) =>
        host.Services.GetRequiredService<RequestLogReader>().CountAsync(client.ClientId);

    /// <summary>Lets periods pass until it is so.</summary>
    private Task UntilAsync(Func<Task<bool>> isTrue) => TokenRedis.UntilAsync(async () =>
    {
        host.Clock.Advance(RequestLog.Period);
        return await isTrue();
    });

    private async Task<(int Entries, string Text)> StoredAsync(string clientId)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TokenRedis.Configure([host.Redis.Address]));
        var text = new StringBuilder();
        var entries = 0;
        foreach (var key in redis.GetServers().Single().Keys(pattern: $"reqlog:{{{clientId}}}:*"))
        {
            _ = text.AppendLine((string?)key);
            if (await redis.GetDatabase().KeyTypeAsync(key) is RedisType.SortedSet)
            {
                foreach (var entry in await redis.GetDatabase().SortedSetRangeByRankAsync(key))
                {
                    // As it is read, without JSON's escapes.
                    _ = text.AppendLine(Regex.Unescape((string)entry!));
                    entries++;
                }
            }
        }

        return (entries, text.ToString());
    }
}
