using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

[Collection(Alone.Name)]
public sealed class RateLimitTests(AuthServerHost host) : IClassFixture<AuthServerHost>
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
    public async Task Neither_another_client_nor_somebody_elsewhere_who_claims_the_same_one_uses_up_a_clients_limit()
    {
        var (client, other) = (await host.NewClientAsync(), await host.NewClientAsync());
        var server = NewWindow(("RateLimits:token:Limit", "1"));

        (await TokenAsync(server, new TestClient(host, client.ClientId, "guessed", client.RedirectUri, client.Owner), "203.0.113.7"))
            .Is(HttpStatusCode.Unauthorized);
        (await TokenAsync(server, other)).Is(HttpStatusCode.OK);
        (await TokenAsync(server, client)).Is(HttpStatusCode.OK);
        (await TokenAsync(server, client)).Is(HttpStatusCode.TooManyRequests);
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
    public async Task Made_up_clients_and_wrong_secrets_are_counted_by_address()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));

        await GuessAsync(server, client, 3, "203.0.113.8");

        var refused = (await TokenAsync(server, Guesser(client), "203.0.113.8")).Is(HttpStatusCode.TooManyRequests);
        Assert.Contains("\"unauthorized\"", Header(refused, "RateLimit"), StringComparison.Ordinal);
        (await TokenAsync(server, Guesser(client, "made-up-4"), "203.0.113.8")).Is(HttpStatusCode.TooManyRequests);
        (await TokenAsync(server, Guesser(client), "203.0.113.9")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Wrong_guesses_of_others_at_the_same_address_keep_no_client_out_that_has_what_it_takes()
    {
        var (known, fresh, native) = (await host.NewClientAsync(), await host.NewClientAsync(), await host.NewClientAsync(isPublic: true));
        var server = NewWindow(
            ("RateLimits:unauthorized:Limit", "3"), ("RateLimits:token:Limit", "20"), ("RateLimits:introspection:Limit", "20"));
        (await TokenAsync(server, known, "203.0.113.30")).Is(HttpStatusCode.OK);

        await GuessAsync(server, known, 3, "203.0.113.30");
        (await TokenAsync(server, Guesser(known), "203.0.113.30")).Is(HttpStatusCode.TooManyRequests);

        // One that the server has in memory, one that it has to look up, one without a secret, and in the form as well.
        (await TokenAsync(server, known, "203.0.113.30")).Is(HttpStatusCode.OK);
        (await TokenAsync(server, fresh, "203.0.113.30")).Is(HttpStatusCode.OK);
        (await PostAsync("/oauth2/token",
            ("grant_type", "authorization_code"), ("client_id", native.ClientId), ("code", "x"), ("redirect_uri", native.RedirectUri!)))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await PostAsync("/oauth2/introspect", ("token", "x"), ("client_id", fresh.ClientId), ("client_secret", fresh.Secret)))
            .Is(HttpStatusCode.OK);
        (await PostAsync("/oauth2/introspect", ("token", "x"), ("client_id", fresh.ClientId), ("client_secret", "guessed")))
            .Is(HttpStatusCode.TooManyRequests);
        (await PostAsync("/oauth2/introspect", ("token", "x"))).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> PostAsync(string path, params (string Name, string Value)[] form) =>
            host.NewUserAgent(server).SendAsync(From("203.0.113.30", new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            }));
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task An_assertion_that_its_clients_key_has_signed_is_told_from_the_guesses_at_its_address()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var clientId = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
                $$"""
                {"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[
                  {"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}
                ] } }
                """,
                System.Text.Encoding.UTF8,
                "application/json"),
        })).Is(HttpStatusCode.Created)["client_id"];
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));
        await GuessAsync(server, await host.NewClientAsync(), 3, "203.0.113.31");

        (await IntrospectAsync(key)).Is(HttpStatusCode.OK);
        (await IntrospectAsync(stranger)).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> IntrospectAsync(System.Security.Cryptography.ECDsa signer)
        {
            var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = clientId,
                Audience = AuthServerHost.Origin,
                Expires = host.Clock.GetUtcNow().UtcDateTime.AddMinutes(1),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = clientId,
                    ["jti"] = System.Security.Cryptography.RandomNumberGenerator.GetHexString(32)
                },
                SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(signer), SecurityAlgorithms.EcdsaSha256),
            });
            return host.NewUserAgent(server).SendAsync(From("203.0.113.31", new HttpRequestMessage(HttpMethod.Post, "/oauth2/introspect")
            {
                Content = new FormUrlEncodedContent(
                [
                    KeyValuePair.Create("token", "x"),
                    KeyValuePair.Create("client_assertion", assertion),
                    KeyValuePair.Create("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ]),
            }));
        }
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Assertions_that_cannot_be_read_are_counted_by_address()
    {
        var server = NewWindow(("RateLimits:token:Limit", "2"));

        (await TokenAsync()).Is(HttpStatusCode.BadRequest);
        (await TokenAsync()).Is(HttpStatusCode.BadRequest);
        (await TokenAsync()).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> TokenAsync() =>
            host.NewUserAgent(server).SendAsync(From("203.0.113.35", new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
            {
                Content = new FormUrlEncodedContent(
                [
                    KeyValuePair.Create("grant_type", "client_credentials"),
                    KeyValuePair.Create("client_assertion", "e30.!.AAAA.AAAA.AAAA"),
                ]),
            }));
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Made_up_clients_share_the_count_of_their_address_and_use_up_no_clients_own()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:token:Limit", "3"));
        (await TokenAsync(server, client, "203.0.113.32")).Is(HttpStatusCode.OK);

        await GuessAsync(server, client, 3, "203.0.113.32");

        var refused = (await TokenAsync(server, Guesser(client, "made-up-4"), "203.0.113.32")).Is(HttpStatusCode.TooManyRequests);
        Assert.StartsWith("\"token\";r=0", Header(refused, "RateLimit"), StringComparison.Ordinal);
        Assert.StartsWith("\"token\";r=1",
            Header((await TokenAsync(server, client, "203.0.113.32")).Is(HttpStatusCode.OK), "RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_clients_first_request_uses_up_one_of_its_own_and_none_of_its_addresss()
    {
        var clients = new[] { await host.NewClientAsync(), await host.NewClientAsync(), await host.NewClientAsync() };
        var server = NewWindow(("RateLimits:token:Limit", "1"));

        foreach (var client in clients)
        {
            (await TokenAsync(server, client, "203.0.113.33")).Is(HttpStatusCode.OK);
            (await TokenAsync(server, client, "203.0.113.33")).Is(HttpStatusCode.TooManyRequests);
        }
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task What_is_guessed_at_the_token_endpoint_is_not_held_against_who_has_a_token()
    {
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var token = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["access_token"];
        await GuessAsync(server, client, 3, "203.0.113.34");

        var request = From("203.0.113.34", new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo"));
        request.Headers.Authorization = new("Bearer", token);
        (await host.NewUserAgent(server).SendAsync(request)).Is(HttpStatusCode.OK);
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

    private TestClient Guesser(TestClient client, string? id = null) =>
        new(host, id ?? client.ClientId, "guessed", client.RedirectUri, client.Owner);

    private async Task GuessAsync(AuthServerHost.Replica server, TestClient client, int times, string address)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            (await TokenAsync(server, Guesser(client, $"made-up-{attempt}"), address)).Is(HttpStatusCode.Unauthorized);
        }
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
