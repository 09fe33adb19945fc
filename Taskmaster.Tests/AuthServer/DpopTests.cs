using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Conformance.Store;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What the authorization server binds to keys (RFC 9449).</summary>
public sealed class DpopTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private const string TokenUri = AuthServerHost.Origin + "/oauth2/token";
    private const string ParUri = AuthServerHost.Origin + "/oauth2/par";
    private const string UserInfoUri = AuthServerHost.Origin + "/oauth2/userinfo";
    private const string OfflineScopes = "openid profile offline_access";

    private readonly ProofKey _key = ProofKey.Es256();

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task Client_credentials_with_a_proof_buy_a_bound_token_and_introspection_says_so()
    {
        var client = await host.NewClientAsync();

        var asked = await SendAsync(client, Proof(), ClientCredentials);
        asked.IsError(HttpStatusCode.BadRequest, "use_dpop_nonce", "The DPoP proof must have the nonce of the DPoP-Nonce header");
        _key.Nonce = asked.Headers["DPoP-Nonce"];

        var tokens = (await SendAsync(client, Proof(), ClientCredentials)).Is(HttpStatusCode.OK);
        Assert.Equal("DPoP", tokens["token_type"]);
        Assert.False(tokens.Headers.ContainsKey("DPoP-Nonce"));
        var introspected = (await client.IntrospectAsync(tokens.AccessToken)).Is(HttpStatusCode.OK);
        Assert.Equal(("DPoP", _key.Thumbprint), (introspected["token_type"], (string)introspected.Json["cnf"]!["jkt"]!));

        var unbound = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        Assert.Equal("Bearer", unbound["token_type"]);
        Assert.Null((await client.IntrospectAsync(unbound.AccessToken)).Json["cnf"]);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_wrong_proof_is_an_invalid_proof_and_redeems_nothing()
    {
        var client = await host.NewClientAsync();
        await GiveNonceAsync(client);
        var code = await client.CodeAsync(await AliceAsync());
        var used = Proof();
        (await SendAsync(client, used, ClientCredentials)).Is(HttpStatusCode.OK);

        foreach (var (problem, proof) in new[]
        {
            (DpopProblem.OtherMethod, Proof(claims => claims["htm"] = "GET")),
            (DpopProblem.OtherUri, Proof(claims => claims["htu"] = ParUri)),
            (DpopProblem.OutOfTime, Proof(claims => claims["iat"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() - 62)),
            (DpopProblem.Malformed, "x"),
            (DpopProblem.OtherType, _key.Sign("""{"typ":"\ud800"}""", "{}")),
            (DpopProblem.Used, used),
        })
        {
            (await SendAsync(client, proof, Redemption(client, code)))
                .IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", problem.Description);
        }

        Assert.Equal("DPoP", (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK)["token_type"]);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_hundred_parallel_uses_of_one_proof_on_two_replicas_buy_one_token()
    {
        var client = await host.NewClientAsync();
        await GiveNonceAsync(client);
        var replica = host.NewReplica();
        var proof = Proof();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(i => SendAsync(client, proof, ClientCredentials, at: i % 2 == 0 ? host.NewUserAgent(replica) : null)));

        // A busy machine may have kept Redis away for longer than a request waits for it; the use that counted may be among those.
        var unanswered = answers.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        var accepted = answers.Count(answer => answer.Status == HttpStatusCode.OK);
        var refused = answers.Count(answer => answer.Status == HttpStatusCode.BadRequest && answer["error"] == "invalid_dpop_proof");
        Assert.Equal(100, accepted + refused + unanswered);
        Assert.InRange(accepted, unanswered > 0 ? 0 : 1, 1);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_proof_costs_no_round_trip_of_its_own()
    {
        var client = await host.NewClientAsync();
        await GiveNonceAsync(client);
        var code = await client.CodeAsync(await AliceAsync(), ("scope", OfflineScopes));
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());

        (await SendAsync(client, Proof(), ClientCredentials)).Is(HttpStatusCode.OK);
        Assert.Equal("issue", trips.Take());

        var tokens = (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK);
        Assert.Equal("find redeem", trips.Take());

        (await SendAsync(client, Proof(), Refresh(tokens))).Is(HttpStatusCode.OK);
        Assert.Equal("find rotate", trips.Take());

        (await SendAsync(client, Proof(uri: ParUri), AuthorizationOf(client), path: "/oauth2/par")).Is(HttpStatusCode.Created);
        Assert.Equal("issue", trips.Take());

        (await UserInfoAsync(tokens.AccessToken)).Is(HttpStatusCode.OK);
        Assert.Equal("find", trips.Take());
    }

    [Fact]
    [Trait("Behaviour", "40")]
    [Trait("Behaviour", "32")]
    public async Task A_public_clients_refresh_token_is_bound_and_a_confidential_ones_is_not()
    {
        var other = ProofKey.Es256();
        foreach (var isPublic in new[] { true, false })
        {
            var client = await host.NewClientAsync(isPublic: isPublic);
            await GiveNonceAsync(client);
            other.Nonce = _key.Nonce;
            var pkce = Pkce.New();
            var code = await client.CodeAsync(
                await AliceAsync(), ("scope", OfflineScopes), ("code_challenge", pkce.Challenge), ("code_challenge_method", "S256"));
            var tokens = (await SendAsync(client, Proof(), [.. Redemption(client, code), ("code_verifier", pkce.Verifier)]))
                .Is(HttpStatusCode.OK);

            var withOther = await SendAsync(client, Proof(key: other), Refresh(tokens));
            var without = await SendAsync(client, proof: null, Refresh(tokens));
            if (isPublic)
            {
                withOther.IsError(
                    HttpStatusCode.BadRequest, "invalid_grant", "The refresh token is bound to another key than that of the DPoP proof");
                without.IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", "The request needs a DPoP proof");
                var refreshed = (await SendAsync(client, Proof(), Refresh(tokens))).Is(HttpStatusCode.OK);
                Assert.Equal("DPoP", refreshed["token_type"]);
                (await SendAsync(client, Proof(), Refresh(refreshed))).Is(HttpStatusCode.OK);
            }
            else
            {
                // It authenticates, so it may change its key, and do without one.
                withOther.Is(HttpStatusCode.OK);
                Assert.Equal(
                    other.Thumbprint, (string)(await client.IntrospectAsync(withOther.AccessToken)).Json["cnf"]!["jkt"]!);
                Assert.Equal("Bearer", without.Is(HttpStatusCode.OK)["token_type"]);
            }
        }
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_code_that_is_bound_by_dpop_jkt_is_redeemed_with_that_key_only()
    {
        var client = await host.NewClientAsync();
        await GiveNonceAsync(client);
        var other = ProofKey.Ed25519();
        other.Nonce = _key.Nonce;
        var code = await client.CodeAsync(await AliceAsync(), ("dpop_jkt", _key.Thumbprint));

        (await SendAsync(client, Proof(key: other), Redemption(client, code)))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "The authorization code is bound to another key than that of the DPoP proof");
        (await SendAsync(client, proof: null, Redemption(client, code)))
            .IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", "The request needs a DPoP proof");
        (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK);

        var malformed = await (await AliceAsync()).GetAsync(client.AuthorizeUrl(("dpop_jkt", "too-short")));
        Assert.Equal(("invalid_request", "Invalid dpop_jkt"), (malformed.Query["error"], malformed.Query["error_description"]));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_pushed_request_binds_its_code_by_parameter_by_proof_or_by_both_that_agree()
    {
        var client = await host.NewClientAsync();
        var alice = await AliceAsync();
        await GiveNonceAsync(client);
        var other = ProofKey.Es256();
        other.Nonce = _key.Nonce;

        foreach (var (named, proof) in new[]
        {
            (_key.Thumbprint, null), (null, Proof(uri: ParUri)), (_key.Thumbprint, Proof(uri: ParUri)),
        })
        {
            var pushed = (await SendAsync(client, proof, [.. AuthorizationOf(client), ("dpop_jkt", named)], path: "/oauth2/par"))
                .Is(HttpStatusCode.Created);
            var answer = await alice.AllowAsync(
                $"/oauth2/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString(pushed["request_uri"])}");
            var code = answer.Query["code"]!;

            (await SendAsync(client, Proof(key: other), Redemption(client, code)))
                .IsError(HttpStatusCode.BadRequest, "invalid_grant", "The authorization code is bound to another key than that of the DPoP proof");
            (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK);
        }

        (await SendAsync(client, Proof(uri: ParUri), [.. AuthorizationOf(client), ("dpop_jkt", other.Thumbprint)], path: "/oauth2/par"))
            .IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", "dpop_jkt is not the thumbprint of the key of the DPoP proof");
        var used = Proof(uri: ParUri);
        (await SendAsync(client, used, AuthorizationOf(client), path: "/oauth2/par")).Is(HttpStatusCode.Created);
        (await SendAsync(client, used, AuthorizationOf(client), path: "/oauth2/par"))
            .IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", "The DPoP proof was used before");
        (await SendAsync(client, _key.Sign("""{"typ":"\ud800"}""", "{}"), AuthorizationOf(client), path: "/oauth2/par"))
            .IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", DpopProblem.OtherType.Description);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task UserInfo_takes_a_bound_token_with_a_proof_and_in_no_other_way()
    {
        var client = await host.NewClientAsync();
        await GiveNonceAsync(client);
        var code = await client.CodeAsync(await AliceAsync());
        var tokens = (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK);

        Assert.Equal("Alice", (await UserInfoAsync(tokens.AccessToken)).Is(HttpStatusCode.OK)["name"]);

        var used = UserInfoProof(tokens.AccessToken);
        (await UserInfoAsync(tokens.AccessToken, proof: used)).Is(HttpStatusCode.OK);
        foreach (var (description, answer) in new[]
        {
            ("The DPoP proof was used before", await UserInfoAsync(tokens.AccessToken, proof: used)),
            ("The ath of the DPoP proof is not the hash of the access token", await UserInfoAsync(tokens.AccessToken, proof: UserInfoProof("x"))),
            ("The request needs a DPoP proof", await UserInfoAsync(tokens.AccessToken, proof: "")),
        })
        {
            answer.Is(HttpStatusCode.Unauthorized);
            Assert.Equal(
                $"DPoP realm=\"Taskmaster\", error=\"invalid_dpop_proof\", error_description=\"{description}\", "
                + "algs=\"ES256 EdDSA Ed25519 RS256\"",
                answer.Headers["WWW-Authenticate"]);
        }

        var asBearer = (await UserInfoAsync(tokens.AccessToken, scheme: "Bearer")).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith("DPoP realm=\"Taskmaster\", error=\"invalid_token\"", asBearer.Headers["WWW-Authenticate"], StringComparison.Ordinal);

        var unbound = (await client.RedeemAsync(await client.CodeAsync(await AliceAsync()))).Is(HttpStatusCode.OK);
        var withProof = (await UserInfoAsync(unbound.AccessToken)).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith("DPoP realm=\"Taskmaster\", error=\"invalid_token\"", withProof.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        (await UserInfoAsync(unbound.AccessToken, scheme: "Bearer")).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_client_that_is_registered_for_bound_tokens_gets_no_other()
    {
        var registered = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
                """{"redirect_uris":["https://yourapp.com/auth/callback"],"dpop_bound_access_tokens":true}""",
                System.Text.Encoding.UTF8, "application/json"),
        })).Is(HttpStatusCode.Created);
        Assert.True((bool)registered.Json["dpop_bound_access_tokens"]!);
        var client = (await host.NewClientAsync()) with { ClientId = registered["client_id"], ClientSecret = registered["client_secret"] };
        await GiveNonceAsync(client);
        var code = await client.CodeAsync(await AliceAsync());

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_dpop_proof", "The request needs a DPoP proof");
        Assert.Equal("DPoP", (await SendAsync(client, Proof(), Redemption(client, code))).Is(HttpStatusCode.OK)["token_type"]);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task An_owner_demands_proofs_of_an_application_and_its_secret_alone_buys_nothing_more()
    {
        var user = await host.NewUserAsync("Owner");
        var owner = await ManagingUser.SignInAsync(host, user);
        var client = await host.NewClientAsync(owner: user);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        var changed = (await owner.SendAsync(HttpMethod.Put, $"/clients/{client.ClientId}", """{"require_dpop":true}"""))
            .Is(HttpStatusCode.OK);

        Assert.True((bool)changed.Json["require_dpop"]!);
        (await client.ClientCredentialsAsync()).IsError(
            HttpStatusCode.BadRequest, "invalid_dpop_proof", "The request needs a DPoP proof");
        await GiveNonceAsync(client);
        (await SendAsync(client, Proof(), ClientCredentials)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_device_polls_with_a_proof_each_time_and_its_tokens_are_bound()
    {
        var client = await host.NewClientAsync(isPublic: true);
        await GiveNonceAsync(client);
        var started = (await client.PostAsync("/oauth2/device", ("scope", OfflineScopes))).Is(HttpStatusCode.OK);
        (string, string?)[] poll =
            [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", started["device_code"])];
        Assert.Equal("authorization_pending", (await SendAsync(client, Proof(), poll))["error"]);
        var alice = await AliceAsync();
        var page = $"/oauth2/verify?user_code={started["user_code"]}";
        await alice.SubmitAsync(page, ("choice", "allow"));
        host.Clock.Advance(TimeSpan.FromSeconds(6));

        var tokens = (await SendAsync(client, Proof(), poll)).Is(HttpStatusCode.OK);

        Assert.Equal("DPoP", tokens["token_type"]);
        (await SendAsync(client, proof: null, Refresh(tokens))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task The_metadata_name_the_algorithms()
    {
        var metadata = (await host.NewUserAgent().GetAsync("/.well-known/oauth-authorization-server")).Is(HttpStatusCode.OK);

        Assert.Equal(DpopNames.Algorithms, metadata.Json["dpop_signing_alg_values_supported"]!.AsArray().Select(name => (string)name!));
    }

    private static readonly (string, string?)[] ClientCredentials = [("grant_type", "client_credentials")];

    private static (string, string?)[] Redemption(TestClient client, string code) =>
        [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", client.RedirectUri)];

    private static (string, string?)[] Refresh(Answer tokens) =>
        [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"])];

    private static (string, string?)[] AuthorizationOf(TestClient client) =>
        [("response_type", "code"), ("client_id", client.ClientId), ("redirect_uri", client.RedirectUri), ("scope", "openid")];

    private async Task<UserAgent> AliceAsync() => await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

    private string Proof(Action<JsonObject>? claims = null, string uri = TokenUri, ProofKey? key = null) =>
        (key ?? _key).Proof("POST", uri, host.Clock.GetUtcNow(), claims: claims);

    private string UserInfoProof(string token) => _key.Proof("GET", UserInfoUri, host.Clock.GetUtcNow(), token);

    private async Task GiveNonceAsync(TestClient client)
    {
        _key.Nonce = null;
        _key.Nonce = (await SendAsync(client, Proof(), ClientCredentials)).Headers["DPoP-Nonce"];
    }

    private Task<Answer> UserInfoAsync(string token, string scheme = "DPoP", string? proof = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo");
        request.Headers.Authorization = new(scheme, token);
        if (scheme == "DPoP" && proof != "")
        {
            request.Headers.Add("DPoP", proof ?? UserInfoProof(token));
        }

        return host.NewUserAgent().SendAsync(request);
    }

    private Task<Answer> SendAsync(
        TestClient client, string? proof, (string Name, string? Value)[] form, string path = "/oauth2/token", UserAgent? at = null)
    {
        var named = client.ClientSecret is null ? [.. form, ("client_id", client.ClientId)] : form;
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                named.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!))),
        };
        if (client.ClientSecret is { } secret)
        {
            request.Headers.Authorization = OAuthClient.Basic(client.ClientId, secret);
        }

        if (proof is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return (at ?? host.NewUserAgent()).SendAsync(request);
    }
}
