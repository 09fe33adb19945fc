using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.AuthServer.ShortPath;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.Tests.AuthServer;

/// <summary>RFC 8693: the MCP server gets a token for the Tasks API for a token that was issued for itself.</summary>
[Collection(nameof(WithShortPath))]
public sealed class TokenExchangeTests(AuthServerHost host)
{
    private const string Api = AuthServerHost.Origin + "/api";
    private const string Mcp = AuthServerHost.Origin + "/mcp";
    private const string Grant = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string RefreshToken = "urn:ietf:params:oauth:token-type:refresh_token";

    public static TheoryData<string, string?, string, string> Refused => new()
    {
        { "resource", null, "invalid_target", "A token is exchanged for one resource, the Tasks API" },
        { "resource", Mcp, "invalid_target", "A token is exchanged for one resource, the Tasks API" },
        { "resource", "https://elsewhere.example/api", "invalid_target", "Unknown resource" },
        { "audience", "taskmaster-web", "invalid_target", "A token is exchanged for one resource, the Tasks API" },
        { "requested_token_type", RefreshToken, "invalid_request", "Unsupported requested token type" },
        { "requested_token_type", "urn:ietf:params:oauth:token-type:id_token", "invalid_request", "Unsupported requested token type" },
        { "scope", "tasks:read openid clients:manage", "invalid_scope", "Invalid scope: openid" },
        { "subject_token", "made-up", "invalid_request", "Invalid subject token" },
        { "subject_token", null, "invalid_request", "Missing required parameter: subject_token" },
        { "subject_token_type", null, "invalid_request", "Missing required parameter: subject_token_type" },
        { "subject_token_type", RefreshToken, "invalid_request", "Invalid subject token" },
    };

    [Fact]
    public async Task The_exchanged_token_is_the_agents_for_the_API_and_says_who_acts()
    {
        var (agent, alice, bought) = await LetInAsync("openid offline_access tasks:read tasks:write");

        var exchanged = (await ExchangeAsync(bought["access_token"])).Is(HttpStatusCode.OK);

        Assert.Equal(
            ["access_token", "expires_in", "issued_token_type", "scope", "token_type"], exchanged.Properties.Order(StringComparer.Ordinal));
        Assert.Equal((AccessToken, "Bearer", "tasks:read tasks:write"), (
            exchanged["issued_token_type"], exchanged["token_type"], exchanged["scope"]));
        Assert.InRange(int.Parse(exchanged["expires_in"], provider: null), 290, 300);
        var principal = await PrincipalOfAsync(exchanged["access_token"]);
        Assert.Equal([Api], principal!.GetAudiences().ToArray());
        Assert.Equal(alice.Id.ToString(), principal!.GetClaim(OpenIddictConstants.Claims.Subject));
        Assert.Equal(alice.Id.ToString(), principal!.GetClaim(TaskmasterClaims.Owner));
        Assert.Equal([agent.ClientId], principal!.GetPresenters().ToArray());
        Assert.Equal("""{"sub":"taskmaster-mcp"}""", principal!.GetClaim(TaskmasterClaims.Actor));
        Assert.Equal([Mcp], (await PrincipalOfAsync(bought["access_token"]))!.GetAudiences().ToArray());
    }

    [Fact]
    public async Task It_has_no_more_scopes_than_are_asked_for()
    {
        var (_, _, bought) = await LetInAsync("tasks:read tasks:write");

        Assert.Equal("tasks:read", (await ExchangeAsync(bought["access_token"], ("scope", "tasks:read"))).Is(HttpStatusCode.OK)["scope"]);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_else_could_be_asked_for_is_refused(string parameter, string? value, string error, string description)
    {
        var (_, _, bought) = await LetInAsync("tasks:read");

        (await ExchangeAsync(bought["access_token"], (parameter, value))).IsError(HttpStatusCode.BadRequest, error, description);
    }

    [Fact]
    public async Task An_actor_token_is_refused_because_the_client_is_the_actor()
    {
        var (_, _, bought) = await LetInAsync("tasks:read");
        var token = bought["access_token"];

        (await ExchangeAsync(token, ("actor_token", token), ("actor_token_type", AccessToken)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Unexpected actor token: the client is the actor");
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_token_for_the_API_or_one_that_was_exchanged_cannot_be_exchanged()
    {
        var (agent, alice, bought) = await LetInAsync("tasks:read");
        var forApi = (await agent.RedeemAsync(await agent.CodeAsync(await host.NewUserAgent().SignInAsync(alice)))).Is(HttpStatusCode.OK);
        var exchanged = (await ExchangeAsync(bought["access_token"])).Is(HttpStatusCode.OK);

        foreach (var token in new[] { forApi["access_token"], exchanged["access_token"] })
        {
            (await ExchangeAsync(token)).IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid subject token");
        }
    }

    [Fact]
    public async Task Nobody_but_the_MCP_server_exchanges_tokens_and_it_does_nothing_else()
    {
        var (agent, _, bought) = await LetInAsync("tasks:read");

        (await ExchangeAsync(agent, bought["access_token"])).IsError(
            HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
        (await Server().ClientCredentialsAsync()).IsError(
            HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
        (await ExchangeAsync(Server() with { ClientSecret = "guessed" }, bought["access_token"])).IsError(
            HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
        Assert.Equal(HttpStatusCode.BadRequest, (await host.NewUserAgent().GetAsync(
            "/oauth2/authorize?response_type=code&client_id=taskmaster-mcp&redirect_uri=http://localhost/")).Status);
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task It_ends_with_the_grant_it_came_from()
    {
        var (agent, _, bought) = await LetInAsync("offline_access tasks:read");
        var exchanged = (await ExchangeAsync(bought["access_token"])).Is(HttpStatusCode.OK)["access_token"];
        Assert.NotNull(await PrincipalOfAsync(exchanged));

        (await agent.RevokeAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);

        Assert.Null(await PrincipalOfAsync(exchanged));
        (await ExchangeAsync(bought["access_token"])).IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid subject token");
    }

    [Fact]
    public async Task It_never_outlives_the_token_it_came_from()
    {
        await using var clocked = new ClockedHost();
        await clocked.InitializeAsync();
        var (_, _, bought) = await LetInAsync(clocked, "tasks:read");
        clocked.Clock.Advance(TimeSpan.FromMinutes(58));

        var exchanged = (await ExchangeAsync(Server(clocked), bought["access_token"])).Is(HttpStatusCode.OK);

        Assert.InRange(int.Parse(exchanged["expires_in"], provider: null), 110, 120);
        clocked.Clock.Advance(TimeSpan.FromMinutes(2));
        (await ExchangeAsync(Server(clocked), bought["access_token"]))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid subject token");
    }

    [Fact]
    public async Task A_program_that_acts_on_its_own_has_its_owners_tasks_there_too()
    {
        var program = await host.NewClientAsync();
        var own = (await program.ClientCredentialsAsync(("resource", Mcp))).Is(HttpStatusCode.OK);

        var principal = await PrincipalOfAsync((await ExchangeAsync(own["access_token"])).Is(HttpStatusCode.OK)["access_token"]);

        Assert.Equal(program.ClientId, principal!.GetClaim(OpenIddictConstants.Claims.Subject));
        Assert.Equal(program.Owner.Id.ToString(), principal!.GetClaim(TaskmasterClaims.Owner));
    }

    private Task<(TestClient Agent, TestUser User, Answer Bought)> LetInAsync(string scope) => LetInAsync(host, scope);

    private static async Task<(TestClient Agent, TestUser User, Answer Bought)> LetInAsync(AuthServerHost host, string scope)
    {
        var agent = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        var browser = await host.NewUserAgent().SignInAsync(user);
        var code = await agent.CodeAsync(browser, ("scope", scope), ("resource", Mcp));
        return (agent, user, (await agent.RedeemAsync(code)).Is(HttpStatusCode.OK));
    }

    private TestClient Server() => Server(host);

    private static TestClient Server(AuthServerHost host) => new(
        host, WellKnownClients.Mcp, AuthServerHost.McpSecret, RedirectUri: null, Owner: null!);

    private Task<Answer> ExchangeAsync(string token, params (string Name, string? Value)[] parameters) =>
        ExchangeAsync(Server(), token, parameters);

    private static Task<Answer> ExchangeAsync(TestClient client, string token, params (string Name, string? Value)[] parameters) =>
        client.TokenAsync(
        [
            ("grant_type", Grant), ("subject_token", token), ("subject_token_type", AccessToken), ("resource", Api), .. parameters,
        ]);

    private async Task<ClaimsPrincipal?> PrincipalOfAsync(string token) =>
        (await host.Services.GetRequiredService<AccessTokens>().FindLiveAsync(token))?.Principal;

    /// <summary>A host whose clock no other test needs.</summary>
    private sealed class ClockedHost : AuthServerHost, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
