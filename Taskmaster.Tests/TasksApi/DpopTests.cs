using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.TasksApi.Authentication;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TasksApi.Hosting;
using Taskmaster.TokenStore.Conformance.Store;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TasksApi;

/// <summary>Tokens that are bound to a key, at the API (RFC 9449 §7).</summary>
[Collection(SharedTasksApi.Name)]
public sealed class DpopTests(TasksApiHost host)
{
    private const string Uri = TasksApiHost.Origin + "/api/tasks";
    private const string Challenged =
        $"scope=\"tasks:read\", resource_metadata=\"{TasksApiHost.Origin}/.well-known/oauth-protected-resource/api\"";
    private const string Algorithms = "algs=\"ES256 EdDSA Ed25519 RS256\"";

    private readonly Guid _user = Guid.CreateVersion7();
    private readonly ProofKey _key = ProofKey.Es256();

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_bound_token_with_a_proof_admits_once_a_nonce_was_given()
    {
        var token = await BoundTokenAsync();

        var first = await GetAsync(token, Proof(token));
        first.Is(
            HttpStatusCode.Unauthorized,
            """{"error":"use_dpop_nonce","error_description":"The DPoP proof must have the nonce of the DPoP-Nonce header"}""");
        Assert.Equal(
            "DPoP error=\"use_dpop_nonce\", error_description=\"The DPoP proof must have the nonce of the DPoP-Nonce header\", "
            + $"{Algorithms}, {Challenged}",
            first.Headers["WWW-Authenticate"]);
        Assert.Equal("no-store", first.Headers["Cache-Control"]);

        _key.Nonce = first.Headers["DPoP-Nonce"];
        var second = await GetAsync(token, Proof(token));
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.False(second.Headers.ContainsKey("DPoP-Nonce"));
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_proof_that_is_wrong_in_any_way_is_an_invalid_proof()
    {
        var token = await BoundTokenAsync();
        await GiveNonceAsync();
        var stranger = ProofKey.Es256();
        stranger.Nonce = _key.Nonce;
        var used = Proof(token);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token, used)).Status);

        foreach (var (problem, proof) in new[]
        {
            (DpopProblem.OtherMethod, Proof(token, claims => claims["htm"] = "POST")),
            (DpopProblem.OtherUri, Proof(token, claims => claims["htu"] = TasksApiHost.Origin + "/api/projects")),
            (DpopProblem.OtherUri, Proof(token, claims => claims["htu"] = new Uri(host.Anonymous.BaseAddress!, "/api/tasks").AbsoluteUri)),
            (DpopProblem.OtherToken, Proof("another token")),
            (DpopProblem.OutOfTime, Proof(token, claims => claims["iat"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() - 62)),
            (DpopProblem.OutOfTime, Proof(token, claims => claims["iat"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 62)),
            (DpopProblem.OtherKey, stranger.Proof("GET", Uri, host.Clock.GetUtcNow(), token)),
            (DpopProblem.Used, used),
            (DpopProblem.Malformed, "not-a-proof"),
            (DpopProblem.OtherAlgorithm, _key.Sign("""{"typ":"dpop+jwt","alg":"\ud800"}""", "{}")),
            (DpopProblem.Missing, null),
        })
        {
            var reply = await GetAsync(token, proof);

            reply.Is(HttpStatusCode.Unauthorized, $$"""{"error":"invalid_dpop_proof","error_description":"{{problem.Description}}"}""");
            Assert.Equal(
                $"DPoP error=\"invalid_dpop_proof\", error_description=\"{problem.Description}\", {Algorithms}, {Challenged}",
                reply.Headers["WWW-Authenticate"]);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token, Proof(token))).Status);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_bound_token_is_no_bearer_token_and_a_bearer_token_is_not_bound()
    {
        var bound = await BoundTokenAsync();
        await GiveNonceAsync();

        foreach (var proof in new[] { null, Proof(bound) })
        {
            var asBearer = await GetAsync(bound, proof, scheme: "Bearer");
            asBearer.Is(
                HttpStatusCode.Unauthorized,
                """{"error":"invalid_token","error_description":"The Access Token is bound to a key: send it by the scheme DPoP, with a proof"}""");
            Assert.StartsWith("DPoP error=\"invalid_token\"", asBearer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            Assert.Contains(Algorithms, asBearer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }

        var bearer = await host.Issuer.AccessTokenAsync(_user, TaskmasterScopes.Tasks);
        (await GetAsync(bearer, Proof(bearer))).Is(
            HttpStatusCode.Unauthorized,
            """{"error":"invalid_token","error_description":"The Access Token is bound to no key: send it by the scheme Bearer"}""");

        // Who has a key and a bearer token may send both; a proof beside a bearer token is nothing that is asked for.
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(bearer, Proof(bearer), scheme: "Bearer")).Status);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_bound_token_that_is_no_good_is_refused_in_its_own_scheme()
    {
        await GiveNonceAsync();
        var revoked = await BoundTokenAsync();
        await host.Issuer.RevokeAsync(revoked);
        var expired = await BoundTokenAsync(principal => principal.SetExpirationDate(host.Clock.GetUtcNow().AddSeconds(-1)));
        var readOnly = await host.Issuer.AccessTokenAsync(_user, [TaskmasterScopes.TasksWrite], Bind);

        foreach (var (token, error, description) in new[]
        {
            (revoked, "invalid_token", "The Access Token is invalid or was revoked"),
            (expired, "invalid_token", "The Access Token expired"),
            ("made-up", "invalid_token", "The Access Token is invalid or was revoked"),
            (readOnly, "insufficient_scope", "The Access Token does not have the scope tasks:read"),
        })
        {
            var reply = await GetAsync(token, Proof(token));
            Assert.Equal((error, description), (reply.Text("error"), reply.Text("error_description")));
            Assert.StartsWith($"DPoP error=\"{error}\"", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_hundred_parallel_uses_of_one_proof_on_two_replicas_admit_once()
    {
        var token = await BoundTokenAsync();
        await GiveNonceAsync();
        await using var replica = host.StartApi();
        using var there = replica.CreateClient();
        var proof = Proof(token);

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => GetAsync(token, proof, http: i % 2 == 0 ? there : null)));

        // A busy machine may have kept Redis away for longer than a request waits for it; the use that counted may be among those.
        var unanswered = replies.Count(reply => reply.Status == HttpStatusCode.ServiceUnavailable);
        var accepted = replies.Count(reply => reply.Status == HttpStatusCode.OK);
        var refused = replies.Count(reply => reply.Status == HttpStatusCode.Unauthorized && reply.Text("error") == "invalid_dpop_proof");
        Assert.Equal(100, accepted + refused + unanswered);
        Assert.InRange(accepted, unanswered > 0 ? 0 : 1, 1);

        // What one replica gave out and took is good and used up at the other.
        Assert.Equal("The DPoP proof was used before", (await GetAsync(token, proof, http: there)).Text("error_description"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token, Proof(token), http: there)).Status);
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_checked_proof_costs_no_round_trip_of_its_own_and_the_ordinary_way_agrees_with_the_short_one()
    {
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());
        var token = await BoundTokenAsync();
        await GiveNonceAsync();

        foreach (var scheme in new[] { CallerScheme.Name, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme })
        {
            _ = trips.Take();
            var proof = Proof(token);
            var accepted = await CheckAsync(scheme, token, proof);
            Assert.True(accepted.Succeeded, accepted.Failure?.Message);
            Assert.Equal("find", trips.Take());
            Assert.Equal(_user.ToString(), accepted.Principal!.FindFirst(TaskmasterClaims.Owner)!.Value);

            Assert.False((await CheckAsync(scheme, token, proof)).Succeeded);
            _ = trips.Take();

            // What is wrong with the proof itself is found without Redis.
            Assert.False((await CheckAsync(scheme, token, Proof("another token"))).Succeeded);
            Assert.Equal("", trips.Take());
        }
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task A_stream_that_was_opened_with_a_proof_goes_on_until_its_token_is_revoked()
    {
        var token = await BoundTokenAsync();
        await GiveNonceAsync();
        using var http = WithProof(token, _key.Proof("GET", TasksApiHost.Origin + "/api/events", host.Clock.GetUtcNow(), token));
        var (reader, _) = await EventReader.OpenAsync(host, http);
        await using var _ = reader;

        Assert.Equal("heartbeat", (await reader.AnyAsync())!.Value.EventType);

        await host.Issuer.RevokeAsync(token);
        while (await reader.AnyAsync() is not null)
        {
            // Heartbeats, until the stream finds that the token is gone.
        }
    }

    [Fact]
    [Trait("Behaviour", "40")]
    public async Task The_resource_metadata_name_the_algorithms()
    {
        var metadata = await host.Anonymous.SendAsync(HttpMethod.Get, "/.well-known/oauth-protected-resource/api");

        Assert.Equal(DpopNames.Algorithms, metadata.Json["dpop_signing_alg_values_supported"]!.AsArray().Select(name => (string)name!));
    }

    private void Bind(ClaimsPrincipal principal) => ((ClaimsIdentity)principal.Identity!).AddClaim(
        new Claim(Claims.Confirmation, DpopNames.Confirmation(_key.Thumbprint), "JSON"));

    private Task<string> BoundTokenAsync(Action<ClaimsPrincipal>? change = null) => host.Issuer.AccessTokenAsync(
        _user,
        TaskmasterScopes.Tasks,
        principal =>
        {
            Bind(principal);
            change?.Invoke(principal);
        });

    private string Proof(string token, Action<JsonObject>? claims = null) =>
        _key.Proof("GET", Uri, host.Clock.GetUtcNow(), token, claims);

    private async Task GiveNonceAsync()
    {
        _key.Nonce = null;
        _key.Nonce = (await GetAsync("any", Proof("any"))).Headers["DPoP-Nonce"];
    }

    private async Task<Reply> GetAsync(string token, string? proof, string scheme = "DPoP", HttpClient? http = null)
    {
        (string, string)[] headers = [("Authorization", $"{scheme} {token}")];
        return await (http ?? host.Anonymous).SendAsync(
            HttpMethod.Get, "/api/tasks", content: null, proof is null ? headers : [.. headers, ("DPoP", proof)]);
    }

    private HttpClient WithProof(string token, string proof)
    {
        var http = new HttpClient { BaseAddress = host.Anonymous.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("DPoP", token);
        http.DefaultRequestHeaders.Add("DPoP", proof);
        return http;
    }

    private async Task<AuthenticateResult> CheckAsync(string scheme, string token, string proof)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("taskmaster.test");
        http.Request.Path = "/api/tasks";
        http.Request.Method = HttpMethods.Get;
        http.Features.Get<IHttpRequestFeature>()!.RawTarget = "/api/tasks";
        http.Request.Headers.Authorization = $"DPoP {token}";
        http.Request.Headers["DPoP"] = proof;

        // As the authentication middleware does before it asks who the caller is.
        var handlers = scope.ServiceProvider.GetRequiredService<IAuthenticationHandlerProvider>();
        var validation = (IAuthenticationRequestHandler?)await handlers.GetHandlerAsync(
            http, OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        Assert.False(await validation!.HandleRequestAsync());

        return await http.AuthenticateAsync(scheme);
    }
}
