using System.Net;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>RFC 9126.</summary>
public sealed class PushedAuthorizationTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task A_pushed_request_is_answered_with_a_code_and_its_parameters_never_pass_the_browser()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var pushed = (await PushAsync(client, ("state", "xyz"), ("login_hint", "alice@example.com"))).Is(HttpStatusCode.Created);

        Assert.Equal(["expires_in", "request_uri"], pushed.Json.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal("60", pushed["expires_in"]);
        Assert.Matches("^urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}$", pushed["request_uri"]);
        Assert.Equal("no-store", pushed.Message.Headers.CacheControl!.ToString());

        var consent = (await alice.GetAsync(Url(client, pushed))).Is(HttpStatusCode.Redirect);
        Assert.DoesNotContain("xyz", consent.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("redirect_uri", consent.Location.OriginalString, StringComparison.Ordinal);

        var answer = await alice.AllowAsync(Url(client, pushed));
        Assert.StartsWith(client.RedirectUri, answer.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("xyz", answer.Query["state"]);
        Assert.Equal(AuthServerHost.Origin, answer.Query["iss"]);
        (await client.RedeemAsync(answer.Query["code"]!)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_is_used_once_whatever_its_answer_was()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var allowed = await PushAsync(client);
        var denied = await PushAsync(client);
        var silent = await PushAsync(client, ("prompt", "none"));

        Assert.Equal("access_denied", (await alice.DenyAsync(Url(client, denied))).Query["error"]);
        Assert.Equal("consent_required", (await alice.GetAsync(Url(client, silent))).Query["error"]);
        Assert.NotNull((await alice.AllowAsync(Url(client, allowed))).Query["code"]);

        foreach (var used in new[] { allowed, denied, silent })
        {
            (await alice.GetAsync(Url(client, used), accept: "*/*"))
                .IsError(HttpStatusCode.BadRequest, "invalid_request_uri", "The request URI is unknown, used or expired");
        }
    }

    [Fact]
    public async Task Parallel_uses_of_one_request_make_one_code()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        await alice.AllowAsync(client.AuthorizeUrl());
        var pushed = await PushAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => alice.GetAsync(Url(client, pushed), accept: "*/*")));

        // One that came after validation but before the commit is told so by redirect, one that came later on the spot.
        var errors = answers.Select(answer => answer.Location is null ? answer["error"] : answer.Query["error"]).ToList();
        Assert.Single(errors, (string?)null);
        Assert.Equal(19, errors.Count(error => error is "invalid_request_uri"));
        Assert.Single(answers, answer => answer.Location is not null && answer.Query["code"] is not null);
    }

    [Fact]
    public async Task A_request_must_be_used_within_a_minute_but_its_user_may_take_longer()
    {
        var client = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        var alice = host.NewUserAgent();
        var used = await PushAsync(client, ("prompt", "login"));
        var unused = await PushAsync(client);
        var signIn = (await alice.GetAsync(Url(client, used))).Is(HttpStatusCode.Redirect);

        host.Clock.Advance(TimeSpan.FromSeconds(61));

        var signedIn = (await alice.SubmitAsync(signIn.Location!.OriginalString, ("Email", user.Email), ("Password", user.Password)))
            .Is(HttpStatusCode.Redirect);
        Assert.NotNull((await alice.AllowAsync(signedIn.Location!.OriginalString)).Query["code"]);
        (await alice.GetAsync(Url(client, unused), accept: "*/*"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request_uri", "The request URI is unknown, used or expired");
    }

    [Fact]
    public async Task A_request_belongs_to_the_client_that_pushed_it()
    {
        var (client, other) = (await host.NewClientAsync(), await host.NewClientAsync());
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var pushed = await PushAsync(client);

        (await alice.GetAsync(Url(other, pushed), accept: "*/*"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request_uri", "The request URI is unknown, used or expired");

        Assert.NotNull((await alice.AllowAsync(Url(client, pushed))).Query["code"]);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:request_uri:made-up")]
    [InlineData("urn:ietf:params:oauth:request_uri:")]
    public async Task An_unknown_request_is_refused_and_nobody_is_redirected(string requestUri)
    {
        var client = await host.NewClientAsync();

        var answer = await host.NewUserAgent().GetAsync(
            $"/oauth2/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString(requestUri)}", accept: "*/*");

        answer.Is(HttpStatusCode.BadRequest);
        Assert.Null(answer.Location);
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/", "invalid_request", "Invalid redirect URI")]
    [InlineData("redirect_uri", null, "invalid_request", "Missing required parameter: redirect_uri")]
    [InlineData("scope", "openid nonsense", "invalid_scope", "Invalid scope: nonsense")]
    [InlineData("response_type", "token", "unsupported_response_type", "Unsupported response type")]
    [InlineData("code_challenge_method", "plain", "invalid_request", "Unsupported code challenge method")]
    [InlineData("request", "x.y.z", "request_not_supported", "Parameter not supported: request")]
    public async Task What_is_wrong_with_a_request_is_said_when_it_is_pushed(
        string parameter, string? value, string error, string description)
    {
        var client = await host.NewClientAsync();

        var answer = await PushAsync(client, (parameter, value), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), (
            "code_challenge_method", parameter is "code_challenge_method" ? value : "S256"));

        answer.IsError(HttpStatusCode.BadRequest, error, description);
    }

    [Fact]
    public async Task A_request_within_a_request_is_refused()
    {
        var client = await host.NewClientAsync();
        var pushed = await PushAsync(client);

        var answer = await PushAsync(client, ("request_uri", pushed["request_uri"]));

        answer.Is(HttpStatusCode.BadRequest);
        Assert.Equal("invalid_request", answer["error"]);
    }

    [Fact]
    public async Task A_confidential_client_authenticates_and_a_public_one_needs_PKCE()
    {
        var client = await host.NewClientAsync();
        var native = await host.NewClientAsync(isPublic: true);
        var stranger = new TestClient(host, client.ClientId, "a wrong secret", client.RedirectUri, client.Owner);

        (await PushAsync(stranger)).IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
        (await PushAsync(native)).IsError(HttpStatusCode.BadRequest, "invalid_request", "Missing required parameter: code_challenge");
        (await PushAsync(native, ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256")))
            .Is(HttpStatusCode.Created);
    }

    private static string Url(TestClient client, Answer pushed) =>
        $"/oauth2/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString(pushed["request_uri"])}";

    private static Task<Answer> PushAsync(TestClient client, params (string Name, string? Value)[] parameters) =>
        client.PostAsync("/oauth2/par", [("client_id", client.ClientId),
            ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("scope", "openid profile email"), .. parameters]);
}
