using System.Net;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.TasksApi.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TasksApi;

[Collection(SharedTasksApi.Name)]
public sealed class BearerErrorTests(TasksApiHost host)
{
    private const string Invalid = """{"error":"invalid_token","error_description":"The Access Token is invalid or was revoked"}""";

    private const string Metadata = $"resource_metadata=\"{TasksApiHost.Origin}/.well-known/oauth-protected-resource/api\"";

    private readonly Guid _user = Guid.CreateVersion7();

    [Fact]
    public async Task Without_a_token_the_challenge_names_no_error()
    {
        var reply = await host.Anonymous.SendAsync(HttpMethod.Get, "/api/tasks");

        reply.Is(HttpStatusCode.Unauthorized, """{"error":"missing_token","error_description":"The Access Token is missing"}""");
        Assert.Equal($"Bearer scope=\"tasks:read\", {Metadata}", reply.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [Trait("Behaviour", "36")]
    [InlineData("GET", "/api/tasks", "tasks:read")]
    [InlineData("POST", "/api/tasks", "tasks:write")]
    [InlineData("GET", "/api/admin/projects", "tasks:read")]
    public async Task The_challenge_names_the_scope_that_the_request_needs(string method, string path, string scope)
    {
        foreach (var http in new[] { host.Anonymous, host.AsBearer("not-a-token"), host.WithKey("not-a-key") })
        {
            var reply = await http.SendAsync(new HttpMethod(method), path);

            Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
            Assert.EndsWith($" scope=\"{scope}\", {Metadata}", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [Trait("Behaviour", "36")]
    [InlineData("GET", TaskmasterScopes.TasksRead)]
    [InlineData("POST", TaskmasterScopes.TasksWrite)]
    public async Task A_token_without_a_scope_of_tasks_may_do_nothing_with_them(string method, string missing)
    {
        foreach (var scopes in new string[][] { [], [Scopes.OpenId], [Scopes.OpenId, Scopes.Profile, Scopes.Email, Scopes.OfflineAccess] })
        {
            var reply = await host.AsBearer(await host.Issuer.AccessTokenAsync(_user, scopes)).SendAsync(
                new HttpMethod(method), "/api/tasks");

            reply.Is(
                HttpStatusCode.Forbidden,
                $$"""{"error":"insufficient_scope","error_description":"The Access Token does not have the scope {{missing}}"}""");
        }
    }

    [Fact]
    [Trait("Behaviour", "34")]
    public async Task An_expired_token_is_told_so_in_the_documented_words()
    {
        // A host of its own would cost seconds: a short-lived token expires before the other tests' do.
        var token = await host.Issuer.AccessTokenAsync(
            _user, TaskmasterScopes.Tasks, principal => principal.SetExpirationDate(host.Clock.GetUtcNow().AddSeconds(1)));
        var http = host.AsBearer(token);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);

        host.Clock.Advance(TimeSpan.FromSeconds(2));

        var reply = await http.SendAsync(HttpMethod.Get, "/api/tasks");
        reply.Is(HttpStatusCode.Unauthorized, """{"error":"invalid_token","error_description":"The Access Token expired"}""");
        Assert.Equal(
            $"Bearer error=\"invalid_token\", error_description=\"The Access Token expired\", scope=\"tasks:read\", {Metadata}",
            reply.Headers["WWW-Authenticate"]);
    }

    /// <summary>AuthServer writes when a token expires; how much shorter or longer it is good is how far the API's clock is off.</summary>
    [Theory]
    [Trait("Behaviour", "55")]
    [InlineData(-60, HttpStatusCode.Unauthorized)]
    [InlineData(60, HttpStatusCode.OK)]
    public async Task A_token_of_a_server_whose_clock_is_a_minute_off_is_good_at_once_and_expires_by_no_more_than_that_early(
        int skew, HttpStatusCode afterAMinute)
    {
        var issued = host.Clock.GetUtcNow().AddSeconds(skew);
        var http = host.AsBearer(await host.Issuer.AccessTokenAsync(
            _user, TaskmasterScopes.Tasks, principal => principal.SetCreationDate(issued).SetExpirationDate(issued.AddMinutes(2))));

        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(afterAMinute, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_revoked_token_is_dead_at_the_next_request()
    {
        var token = await host.Issuer.AccessTokenAsync(_user, TaskmasterScopes.Tasks);
        var http = host.AsBearer(token);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(HttpMethod.Get, "/api/tasks")).Status);

        await host.Issuer.RevokeAsync(token);

        Refused(await http.SendAsync(HttpMethod.Get, "/api/tasks"));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_token_for_another_audience_is_refused()
    {
        var management = await host.Issuer.AccessTokenAsync(
            _user, [TaskmasterScopes.ClientsManage], principal => principal.SetAudiences(TasksApiHost.Origin + "/oauth2"));
        var none = await host.Issuer.AccessTokenAsync(_user, TaskmasterScopes.Tasks, principal => principal.SetAudiences());

        Refused(await host.AsBearer(management).SendAsync(HttpMethod.Get, "/api/tasks"));
        Refused(await host.AsBearer(none).SendAsync(HttpMethod.Get, "/api/tasks"));
    }

    [Theory]
    [Trait("Behaviour", "35")]
    [InlineData(TokenTypeIdentifiers.IdentityToken)]
    [InlineData(TokenTypeIdentifiers.RefreshToken)]
    [InlineData(TokenTypeIdentifiers.Private.AuthorizationCode)]
    public async Task A_token_of_another_kind_is_no_bearer_token(string type) =>
        Refused(await host.AsBearer(await host.Issuer.OtherTokenAsync(type, _user)).SendAsync(HttpMethod.Get, "/api/tasks"));

    [Theory]
    [InlineData("not-a-token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_of_ours_is_refused(string token) =>
        Refused(await host.AsBearer(token).SendAsync(HttpMethod.Get, "/api/tasks"));

    [Fact]
    public async Task A_token_without_an_owner_is_refused()
    {
        var token = await host.Issuer.AccessTokenAsync(
            _user, TaskmasterScopes.Tasks, principal => principal.RemoveClaims(TaskmasterClaims.Owner));

        Refused(await host.AsBearer(token).SendAsync(HttpMethod.Get, "/api/tasks"));
    }

    [Fact]
    public async Task A_token_in_the_query_counts_for_nothing()
    {
        var token = await host.Issuer.AccessTokenAsync(_user, TaskmasterScopes.Tasks);

        var reply = await host.Anonymous.SendAsync(HttpMethod.Get, $"/api/tasks?access_token={token}");

        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.Equal($"Bearer scope=\"tasks:read\", {Metadata}", reply.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [Trait("Behaviour", "36")]
    [InlineData(TaskmasterScopes.TasksRead, TaskmasterScopes.TasksWrite, "POST")]
    [InlineData(TaskmasterScopes.TasksWrite, TaskmasterScopes.TasksRead, "GET")]
    public async Task A_token_that_asked_for_one_tasks_scope_is_held_to_it(string granted, string missing, string method)
    {
        var account = await host.NewAccountAsync(Scopes.OpenId, granted);

        var reply = await account.Http.SendAsync(new HttpMethod(method), "/api/tasks");

        reply.Is(
            HttpStatusCode.Forbidden,
            $$"""{"error":"insufficient_scope","error_description":"The Access Token does not have the scope {{missing}}"}""");
        Assert.Equal(
            $"Bearer error=\"insufficient_scope\", error_description=\"The Access Token does not have the scope {missing}\", "
            + $"scope=\"{missing}\", {Metadata}",
            reply.Headers["WWW-Authenticate"]);
    }

    [Fact]
    [Trait("Behaviour", "36")]
    public async Task Where_the_challenge_points_a_client_learns_who_gives_tokens_for_the_API() =>
        (await host.Anonymous.SendAsync(HttpMethod.Get, "/.well-known/oauth-protected-resource/api")).Is(
            HttpStatusCode.OK,
            """{"resource":"http://taskmaster.test/api","authorization_servers":["http://taskmaster.test"],"scopes_supported":["tasks:read","tasks:write"],"bearer_methods_supported":["header"],"dpop_signing_alg_values_supported":["ES256","EdDSA","Ed25519","RS256"],"resource_documentation":"http://taskmaster.test/api/docs/"}""",
            "application/json");

    private static void Refused(Reply reply)
    {
        reply.Is(HttpStatusCode.Unauthorized, Invalid);
        Assert.StartsWith("Bearer error=\"invalid_token\"", reply.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
