using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Audit;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>The use of refresh tokens, on a replica with the short path and on one without.</summary>
[Collection(nameof(WithShortPath))]
public sealed class ShortRefreshTests(AuthServerHost host)
{
    private const string Token = "/oauth2/token";
    private const string Basic = "Basic {id}:{secret}";
    private const string Refresh = "grant_type=refresh_token&refresh_token=";
    private const string AllScopes = "openid profile email offline_access tasks:read tasks:write";

    private static readonly string[] Words = ["refresh", "foreign", "used", "ended", "token", "code", "narrow"];

    private static readonly IReadOnlyList<ShortPathRequest> Requests =
    [
        new("a refresh token", Token, Basic, Refresh + "{refresh}", true),
        new("credentials in the form", Token, null, Refresh + "{refresh}&client_id={id}&client_secret={secret}", true),
        new("a refresh token without openid", Token, Basic, Refresh + "{narrow}", true),
        new("fewer scopes", Token, Basic, Refresh + "{refresh}&scope=tasks:read", false),
        new("a scope that was not granted", Token, Basic, Refresh + "{narrow}&scope=tasks:write", false),
        new("an empty scope", Token, Basic, Refresh + "{refresh}&scope=", false),
        new("a resource", Token, Basic, Refresh + "{refresh}&resource=http://taskmaster.test/api", false),
        new("a resource that there is not", Token, Basic, Refresh + "{refresh}&resource=https://elsewhere.example", false),
        new("a redirect URI", Token, Basic, Refresh + "{refresh}&redirect_uri=https://yourapp.com/auth/callback", false),
        new("an unknown parameter", Token, Basic, Refresh + "{refresh}&extra=1", false),
        new("a parameter twice", Token, Basic, Refresh + "{refresh}&refresh_token={refresh}", false),
        new("a parameter's name in capitals", Token, Basic, "grant_type=refresh_token&Refresh_Token={refresh}", false),
        new("a refresh token in the query", Token + "?refresh_token={refresh}", Basic, "grant_type=refresh_token", false),
        new("no refresh token", Token, Basic, "grant_type=refresh_token", false),
        new("an empty refresh token", Token, Basic, Refresh, false),
        new("a wrong secret", Token, "Basic {id}:wrong", Refresh + "{refresh}", false),
        new("only a client id", Token, null, Refresh + "{refresh}&client_id={id}", false),
        new("another client's refresh token", Token, Basic, Refresh + "{foreign}", false),
        new("a used refresh token", Token, Basic, Refresh + "{used}", false),
        new("a refresh token of a grant that has ended", Token, Basic, Refresh + "{ended}", false),
        new("an access token", Token, Basic, Refresh + "{token}", false),
        new("a code", Token, Basic, Refresh + "{code}", false),
        new("an unknown refresh token", Token, Basic, Refresh + "L4hk-yre7cjNUO7UNlWffwJjo1Qv6zEzCK9o5r9fvF8", false),
        new("something else", Token, Basic, Refresh + "made-up", false),
    ];

    [Fact]
    public async Task Every_refresh_is_answered_the_same_with_and_without_it()
    {
        using var replicas = new TwoReplicas(host);
        var (client, alice) = await SignedInAsync();
        var mallory = await host.NewClientAsync("Mallory");
        await replicas.KnowAsync(client);

        foreach (var request in Requests)
        {
            _ = await replicas.AssertSameAsync(request, () => WordsAsync(request, client, alice, mallory));
        }
    }

    [Fact]
    public async Task An_expired_refresh_token_is_answered_the_same_with_and_without_it()
    {
        using var replicas = new TwoReplicas(host);
        var (client, alice) = await SignedInAsync();
        var words = new Queue<string>([await RefreshTokenAsync(client, alice), await RefreshTokenAsync(client, alice)]);

        host.Clock.Jump(TimeSpan.FromDays(30));
        await replicas.KnowAsync(client);

        _ = await replicas.AssertSameAsync(
            new("an expired refresh token", Token, Basic, Refresh + "{refresh}", false),
            () => Task.FromResult(WordsOf(client, words.Dequeue())));
    }

    [Fact]
    public async Task It_issues_what_the_pipeline_issues_and_goes_on_doing_so()
    {
        using var replicas = new TwoReplicas(host);
        foreach (var (scope, algorithm) in new[]
        {
            ("openid offline_access", "RS256"), ("offline_access tasks:read", "RS256"),
            ("openid profile email offline_access", "ES256"), (AllScopes, "RS256"),
        })
        {
            var client = await host.NewClientAsync(idTokens: algorithm);
            var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
            await replicas.KnowAsync(client);
            var next = new Queue<string>(
                [await RefreshTokenAsync(client, alice, scope), await RefreshTokenAsync(client, alice, scope)]);
            host.Clock.Jump(TimeSpan.FromDays(3));
            await replicas.KnowAsync(client);

            foreach (var time in new[] { "first", "second", "third" })
            {
                var (with, without) = await replicas.AssertSameAsync(
                    new($"{scope}, {time} time", Token, Basic, Refresh + "{refresh}", true),
                    () => Task.FromResult(WordsOf(client, next.Dequeue())));

                foreach (var type in new[] { "access_token", "refresh_token" })
                {
                    Assert.Equal(await replicas.EntryAsync(without[type]), await replicas.EntryAsync(with[type]));
                }

                if (scope.StartsWith("openid", StringComparison.Ordinal))
                {
                    Assert.Equal(IdToken.Read(without["id_token"]).Said(), IdToken.Read(with["id_token"]).Said());
                }

                next.Enqueue(with["refresh_token"]);
                next.Enqueue(without["refresh_token"]);
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Fifty_parallel_uses_leave_one_live_refresh_token()
    {
        var (client, alice) = await SignedInAsync();
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var token = await RefreshTokenAsync(client, alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.RefreshAsync(token)));

        Assert.All(answers, answer => answer.Is(HttpStatusCode.OK));
        var successor = Assert.Single(answers.Select(answer => answer["refresh_token"]).Distinct());
        Assert.All(
            await Task.WhenAll(answers.Select(answer => client.IsActiveAsync(answer["access_token"]))), isActive => Assert.True(isActive));
        _ = (await client.RefreshAsync(successor)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "29")]
    [Trait("Behaviour", "58")]
    public async Task Uses_that_race_without_a_leeway_end_the_family_and_raise_an_event()
    {
        using var strict = host.NewReplica(("Tokens:RefreshTokenReuseLeeway", "00:00:00"));
        var alice = await ManagingUser.SignInAsync(host);
        var client = await host.NewClientAsync();
        var racing = new TestClient(
            host, client.ClientId, client.ClientSecret, client.RedirectUri, client.Owner, host.NewUserAgent(strict));
        _ = (await racing.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var token = await RefreshTokenAsync(client, alice.Browser);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => racing.RefreshAsync(token)));

        var first = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Except([first]), answer => answer.IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token"));
        Assert.False(await client.IsActiveAsync(first["access_token"]));
        _ = (await client.RefreshAsync(first["refresh_token"])).Is(HttpStatusCode.BadRequest);
        await TokenRedis.UntilAsync(async () =>
        {
            host.Clock.Advance(AuditQueue.Period);
            return (await alice.AuditAsync()).Contains("token_reused");
        });
    }

    [Fact]
    public async Task It_takes_two_round_trips()
    {
        var (client, alice) = await SignedInAsync();
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var token = await RefreshTokenAsync(client, alice);
        token = (await client.RefreshAsync(token)).Is(HttpStatusCode.OK)["refresh_token"];
        using var answers = new ShortPathAnswers(host.Services.GetRequiredService<IMeterFactory>());
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());

        _ = (await client.RefreshAsync(token)).Is(HttpStatusCode.OK);

        Assert.Equal("find rotate", trips.Take());
        Assert.Equal((1, 0), answers.Take());
    }

    private async Task<(TestClient Client, UserAgent Alice)> SignedInAsync() =>
        (await host.NewClientAsync(), await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));

    private static async Task<string> RefreshTokenAsync(TestClient client, UserAgent alice, string scope = AllScopes)
    {
        var code = await client.CodeAsync(alice, ("scope", scope), ("nonce", "n-0S6_WzA2Mj"));
        return (await client.RedeemAsync(code)).Is(HttpStatusCode.OK)["refresh_token"];
    }

    private static Dictionary<string, string> WordsOf(TestClient client, string refreshToken) =>
        new() { ["id"] = client.ClientId, ["secret"] = client.Secret, ["refresh"] = refreshToken };

    /// <summary>A fresh one for each request, since most are used up by it.</summary>
    private async Task<Dictionary<string, string>> WordsAsync(
        ShortPathRequest request, TestClient client, UserAgent alice, TestClient mallory)
    {
        var words = new Dictionary<string, string> { ["id"] = client.ClientId, ["secret"] = client.Secret };
        if (Array.Find(Words, word => $"{request.Path} {request.Form}".Contains($"{{{word}}}", StringComparison.Ordinal)) is { } word)
        {
            words[word] = await (word switch
            {
                "foreign" => RefreshTokenAsync(mallory, alice),
                "narrow" => RefreshTokenAsync(client, alice, "offline_access tasks:read"),
                "code" => client.CodeAsync(alice),
                "token" => AccessTokenAsync(),
                "used" => UsedAsync(),
                "ended" => EndedAsync(),
                _ => RefreshTokenAsync(client, alice),
            });
        }

        return words;

        async Task<string> AccessTokenAsync() =>
            (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["access_token"];

        async Task<string> UsedAsync()
        {
            var token = await RefreshTokenAsync(client, alice);
            _ = (await client.RefreshAsync(token)).Is(HttpStatusCode.OK);
            return token;
        }

        async Task<string> EndedAsync()
        {
            var token = await RefreshTokenAsync(client, alice);
            var entry = await host.Services.GetRequiredService<TokenReader>().FindAsync(TokenReference.Locate(token), use: null, default);
            await host.Services.GetRequiredService<TokenWriter>().EndGrantAsync(entry!.AuthorizationId!, default);
            return token;
        }
    }
}
