using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>Authorization requests of a user who is signed in, on a replica with the short path and on one without.</summary>
[Collection(nameof(WithShortPath))]
public sealed partial class ShortAuthorizationTests(AuthServerHost host)
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Usual = "response_type=code&client_id={id}&redirect_uri=https://yourapp.com/auth/callback";
    private const string Scoped = Usual + "&scope=openid+profile+email";
    private const string Proved = "&code_challenge=" + Challenge + "&code_challenge_method=S256";

    private static readonly (string Name, string Query, bool IsShort)[] Requests =
    [
        ("the documented request", Scoped + "&state=af0ifjsldkj", true),
        ("nothing but what it takes", Scoped, true),
        ("with a proof key and a nonce", Scoped + "&state=a&nonce=n-0S6_WzA2Mj" + Proved, true),
        ("lasting access", Usual + "&scope=openid+offline_access&state=a", true),
        ("scopes of tasks", Usual + "&scope=tasks:read", true),
        ("a state that must be escaped", Scoped + "&state=%3Ca%20%26%C3%A9%3E%22", true),
        ("no scope", Usual + "&state=a", false),
        ("an empty scope", Usual + "&scope=&state=a", false),
        ("scopes with two spaces", Usual + "&scope=openid++email", false),
        ("a scope twice", Usual + "&scope=openid+openid", false),
        ("a scope that there is not", Usual + "&scope=openid+nonsense", false),
        ("a scope of Taskmaster's own", Usual + "&scope=openid+clients:manage", false),
        ("no state but an empty one", Scoped + "&state=", false),
        ("two states", Scoped + "&state=a&state=b", false),
        ("a parameter's name in capitals", Scoped + "&State=a", false),
        ("an unknown parameter", Scoped + "&extra=1", false),
        ("a response mode", Scoped + "&response_mode=form_post", false),
        ("a prompt", Scoped + "&prompt=none", false),
        ("a prompt to consent", Scoped + "&prompt=consent", false),
        ("a prompt to sign in", Scoped + "&prompt=login", false),
        ("a maximum age", Scoped + "&max_age=3600", false),
        ("a resource", Scoped + "&resource=http://taskmaster.test/api", false),
        ("a key to bind to", Scoped + "&dpop_jkt=" + Challenge, false),
        ("a decision that nobody made", Scoped + "&decision=made-up", false),
        ("another response type", "response_type=token&client_id={id}&redirect_uri=https://yourapp.com/auth/callback&scope=openid", false),
        ("code twice", "response_type=code+code&client_id={id}&redirect_uri=https://yourapp.com/auth/callback&scope=openid", false),
        ("another redirect URI", "response_type=code&client_id={id}&redirect_uri=https://yourapp.com/auth/callback2&scope=openid", false),
        ("the redirect URI in another case", "response_type=code&client_id={id}&redirect_uri=https://YOURAPP.com/auth/callback&scope=openid", false),
        ("no redirect URI", "response_type=code&client_id={id}&scope=openid", false),
        ("an unknown client", "response_type=code&client_id=nobody&redirect_uri=https://yourapp.com/auth/callback&scope=openid", false),
        ("no client", "response_type=code&redirect_uri=https://yourapp.com/auth/callback&scope=openid", false),
        ("a plain challenge", Scoped + "&code_challenge=" + Challenge + "&code_challenge_method=plain", false),
        ("a challenge without a method", Scoped + "&code_challenge=" + Challenge, false),
        ("a method without a challenge", Scoped + "&code_challenge_method=S256", false),
        ("a short challenge", Scoped + "&code_challenge=abc&code_challenge_method=S256", false),
        ("a challenge with a space", Scoped + "&code_challenge=+" + Challenge + "&code_challenge_method=S256", false),
        ("a padded challenge", Scoped + "&code_challenge=" + Challenge + "%3D&code_challenge_method=S256", false),
    ];

    [Fact]
    public async Task Every_request_is_answered_the_same_with_and_without_it()
    {
        using var replicas = new TwoReplicas(host);
        var client = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        var (alice, bob) = (await SignInAsync(user, client, replicas.With), await SignInAsync(user, client, replicas.Without));
        await replicas.KnowAsync(client);
        using var answers = new ShortPathAnswers(replicas.With.Services.GetRequiredService<IMeterFactory>());

        foreach (var (name, query, isShort) in Requests)
        {
            var url = "/oauth2/authorize?" + query.Replace("{id}", client.ClientId, StringComparison.Ordinal);
            _ = answers.Take();
            var with = await alice.GetAsync(url);
            Assert.Equal((name, isShort ? 1 : 0), (name, answers.Take().Short));
            var without = await bob.GetAsync(url);

            Assert.Equal(Shown(name, without), Shown(name, with));
            if (isShort)
            {
                Assert.Equal(await replicas.EntryAsync(CodeOf(without)), await replicas.EntryAsync(CodeOf(with)));
            }
        }
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_or_has_not_consented_is_asked_first()
    {
        var client = await host.NewClientAsync();
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        var url = client.AuthorizeUrl(("scope", "openid email"));

        var stranger = (await host.NewUserAgent().GetAsync(url)).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/sign-in?", stranger.Location!.OriginalString, StringComparison.Ordinal);

        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var asked = (await alice.GetAsync(url)).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/consent?", asked.Location!.OriginalString, StringComparison.Ordinal);

        _ = await client.CodeAsync(alice, ("scope", "openid email"));
        Assert.NotNull((await alice.GetAsync(url)).Is(HttpStatusCode.Redirect).Query["code"]);
        var more = (await alice.GetAsync(client.AuthorizeUrl(("scope", "openid email offline_access")))).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/consent?", more.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_must_prove_its_key_gets_no_code_without_a_challenge(bool isPublic)
    {
        var client = await host.NewClientAsync(isPublic: isPublic, requirePkce: true);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        _ = await client.CodeAsync(alice, ("code_challenge", Challenge), ("code_challenge_method", "S256"));
        using var answers = new ShortPathAnswers(host.Services.GetRequiredService<IMeterFactory>());

        var refused = (await alice.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.Redirect);
        Assert.Equal(("invalid_request", (0, 1)), (refused.Query["error"], answers.Take()));

        var url = client.AuthorizeUrl(("code_challenge", Challenge), ("code_challenge_method", "S256"));
        Assert.NotNull((await alice.GetAsync(url)).Is(HttpStatusCode.Redirect).Query["code"]);
        Assert.Equal((1, 0), answers.Take());
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task A_session_that_was_ended_gets_no_code()
    {
        var client = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        var (alice, stolen) = (await SignInAsync(user, client), host.NewUserAgent());
        stolen.WithCookiesOf(alice);
        Assert.NotNull((await stolen.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.Redirect).Query["code"]);

        (await alice.SubmitAsync("/sign-out")).Is(HttpStatusCode.Redirect);

        var refused = (await stolen.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/sign-in?", refused.Location!.OriginalString, StringComparison.Ordinal);
    }

    private async Task<UserAgent> SignInAsync(TestUser user, TestClient client, AuthServerHost.Replica? replica = null)
    {
        var browser = await host.NewUserAgent(replica).SignInAsync(user);
        _ = await client.CodeAsync(browser, ("scope", "openid profile email offline_access tasks:read tasks:write"));
        return browser;
    }

    private static string CodeOf(Answer answer) => answer.Query["code"]!;

    /// <summary>Status, all headers but the one that counts requests down, and body, without what is drawn anew each time.</summary>
    private static string Shown(string name, Answer answer) => Drawn().Replace(
        $"""
        {name}: {(int)answer.Status}
        {string.Join('\n', answer.Message.Headers.Concat(answer.Message.Content.Headers).Where(header => header.Key != "RateLimit").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order())}
        {answer.Body}
        """,
        "$1(drawn)");

    [GeneratedRegex("""((?:code|ticket|resume|nonce)(?:=|%3D|-|" value="))[\w-]{20,}""")]
    private static partial Regex Drawn();
}
