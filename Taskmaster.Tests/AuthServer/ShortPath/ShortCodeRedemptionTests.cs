using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Format;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>The redemption of codes, on a replica with the short path and on one without.</summary>
[Collection(nameof(WithShortPath))]
public sealed class ShortCodeRedemptionTests(AuthServerHost host)
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Token = "/oauth2/token";
    private const string Basic = "Basic {id}:{secret}";
    private const string Redeem = "grant_type=authorization_code&redirect_uri=https://yourapp.com/auth/callback&code=";

    private static readonly (string, string?)[] Proved = [("code_challenge", Challenge), ("code_challenge_method", "S256")];

    private static readonly string[] Words = ["code", "proved", "foreign", "redeemed", "ended", "token", "refresh"];

    private static readonly IReadOnlyList<ShortPathRequest> Requests =
    [
        new("a code", Token, Basic, Redeem + "{code}", true),
        new("a code with a verifier", Token, Basic, Redeem + "{proved}&code_verifier={verifier}", true),
        new("credentials in the form", Token, null, Redeem + "{code}&client_id={id}&client_secret={secret}", true),
        new("a verifier that no challenge asked for", Token, Basic, Redeem + "{code}&code_verifier={verifier}", false),
        new("no verifier", Token, Basic, Redeem + "{proved}", false),
        new("an empty verifier", Token, Basic, Redeem + "{proved}&code_verifier=", false),
        new("another verifier", Token, Basic, Redeem + "{proved}&code_verifier={verifier}x", false),
        new("the challenge as the verifier", Token, Basic, Redeem + "{proved}&code_verifier=" + Challenge, false),
        new("another redirect URI", Token, Basic, "grant_type=authorization_code&redirect_uri=https://yourapp.com/auth/callback2&code={code}", false),
        new("the redirect URI in another case", Token, Basic, "grant_type=authorization_code&redirect_uri=https://YOURAPP.com/auth/callback&code={code}", false),
        new("no redirect URI", Token, Basic, "grant_type=authorization_code&code={code}", false),
        new("an empty redirect URI", Token, Basic, "grant_type=authorization_code&redirect_uri=&code={code}", false),
        new("a scope", Token, Basic, Redeem + "{code}&scope=openid", false),
        new("a resource", Token, Basic, Redeem + "{code}&resource=http://taskmaster.test/api", false),
        new("a resource that there is not", Token, Basic, Redeem + "{code}&resource=https://elsewhere.example", false),
        new("an unknown parameter", Token, Basic, Redeem + "{code}&extra=1", false),
        new("a parameter twice", Token, Basic, Redeem + "{code}&code={code}", false),
        new("a parameter's name in capitals", Token, Basic, "Grant_Type=authorization_code&redirect_uri=https://yourapp.com/auth/callback&code={code}", false),
        new("a code in the query", Token
            + "?code={code}", Basic, "grant_type=authorization_code&redirect_uri=https://yourapp.com/auth/callback", false),
        new("no code", Token, Basic, "grant_type=authorization_code&redirect_uri=https://yourapp.com/auth/callback", false),
        new("a wrong secret", Token, "Basic {id}:wrong", Redeem + "{code}", false),
        new("only a client id", Token, null, Redeem + "{code}&client_id={id}", false),
        new("another client's id", Token, Basic, Redeem + "{code}&client_id=nobody", false),
        new("another client's code", Token, Basic, Redeem + "{foreign}", false),
        new("a redeemed code", Token, Basic, Redeem + "{redeemed}", false),
        new("a code of a grant that has ended", Token, Basic, Redeem + "{ended}", false),
        new("an access token", Token, Basic, Redeem + "{token}", false),
        new("a refresh token", Token, Basic, Redeem + "{refresh}", false),
        new("an unknown code", Token, Basic, Redeem + "L4hk-yre7cjNUO7UNlWffwJjo1Qv6zEzCK9o5r9fvF8", false),
        new("something else", Token, Basic, Redeem + "made-up", false),
    ];

    [Fact]
    public async Task Every_redemption_is_answered_the_same_with_and_without_it()
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
    public async Task An_expired_code_is_answered_the_same_with_and_without_it()
    {
        using var replicas = new TwoReplicas(host);
        var (client, alice) = await SignedInAsync();
        await replicas.KnowAsync(client);
        var (one, other) = (await client.CodeAsync(alice), await client.CodeAsync(alice));
        var words = new Queue<string>([one, other]);

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await replicas.KnowAsync(client);

        _ = await replicas.AssertSameAsync(
            new("an expired code", Token, Basic, Redeem + "{code}", false),
            () => Task.FromResult(
                new Dictionary<string, string> { ["id"] = client.ClientId, ["secret"] = client.Secret, ["code"] = words.Dequeue() }));
    }

    [Theory]
    [InlineData("openid profile email", "RS256")]
    [InlineData("openid", "ES256")]
    [InlineData("tasks:read", "RS256")]
    [InlineData("openid profile offline_access tasks:read tasks:write", "RS256")]
    [InlineData("offline_access", "ES256")]
    public async Task It_issues_what_the_pipeline_issues(string scope, string algorithm)
    {
        using var replicas = new TwoReplicas(host);
        var client = await host.NewClientAsync(idTokens: algorithm);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        await replicas.KnowAsync(client);

        var (with, without) = await replicas.AssertSameAsync(
            new(scope, Token, Basic, Redeem + "{code}&code_verifier={verifier}", true),
            async () => new()
            {
                ["id"] = client.ClientId,
                ["secret"] = client.Secret,
                ["code"] = await client.CodeAsync(alice, [.. Proved, ("scope", scope), ("nonce", "n-0S6_WzA2Mj")]),
                ["verifier"] = Verifier,
            });

        foreach (var type in with.Is(HttpStatusCode.OK).Json.Select(member => member.Key).Intersect(["access_token", "refresh_token"]))
        {
            Assert.Equal(await replicas.EntryAsync(without[type]), await replicas.EntryAsync(with[type]));
        }

        if (scope.StartsWith("openid", StringComparison.Ordinal))
        {
            Assert.Equal(IdToken.Read(without["id_token"]).Said(), IdToken.Read(with["id_token"]).Said());
        }

        // Both kinds of a grant go on through OpenIddict, and end as one.
        if (with.Json["refresh_token"] is not null)
        {
            var refreshed = (await client.RefreshAsync(with["refresh_token"])).Is(HttpStatusCode.OK);
            _ = (await client.RevokeAsync(refreshed["refresh_token"])).Is(HttpStatusCode.OK);
            Assert.False(await client.IsActiveAsync(with["access_token"]));
        }
    }

    [Fact]
    public async Task It_takes_two_round_trips()
    {
        var (client, alice) = await SignedInAsync();
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var code = await client.CodeAsync(alice);
        using var answers = new ShortPathAnswers(host.Services.GetRequiredService<IMeterFactory>());
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());

        _ = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        Assert.Equal("find redeem", trips.Take());
        Assert.Equal((1, 0), answers.Take());
    }

    private async Task<(TestClient Client, UserAgent Alice)> SignedInAsync() =>
        (await host.NewClientAsync(), await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));

    /// <summary>Fresh ones for each request, since most are used up by it.</summary>
    private async Task<Dictionary<string, string>> WordsAsync(
        ShortPathRequest request, TestClient client, UserAgent alice, TestClient mallory)
    {
        var words = new Dictionary<string, string> { ["id"] = client.ClientId, ["secret"] = client.Secret, ["verifier"] = Verifier };
        if (Array.Find(Words, word => $"{request.Path} {request.Form}".Contains($"{{{word}}}", StringComparison.Ordinal)) is { } word)
        {
            words[word] = await (word switch
            {
                "code" => client.CodeAsync(alice),
                "proved" => client.CodeAsync(alice, Proved),
                "foreign" => mallory.CodeAsync(alice),
                "ended" => EndedAsync(),
                _ => RedeemedAsync(word),
            });
        }

        return words;

        async Task<string> EndedAsync()
        {
            var code = await client.CodeAsync(alice);
            var tokens = host.Services.GetRequiredService<TokenWriter>();
            var entry = await host.Services.GetRequiredService<TokenReader>().FindAsync(TokenReference.Locate(code), use: null, default);
            await tokens.EndGrantAsync(entry!.AuthorizationId!, default);
            return code;
        }

        async Task<string> RedeemedAsync(string word)
        {
            var code = await client.CodeAsync(alice, ("scope", "openid offline_access"));
            var tokens = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
            return word switch
            {
                "token" => tokens["access_token"],
                "refresh" => tokens["refresh_token"],
                _ => code,
            };
        }
    }
}
