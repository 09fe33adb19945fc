using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>RFC 7591 and RFC 7592.</summary>
public sealed partial class RegistrationTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    private const string Callback = "https://yourapp.com/auth/callback";

    [Fact]
    public async Task A_program_registers_a_confidential_client_and_uses_it()
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback), ["client_name"] = "My robot" }))
            .Is(HttpStatusCode.Created);

        Assert.Equal($"{AuthServerHost.Origin}/oauth2/register/{registered["client_id"]}", registered["registration_client_uri"]);
        Assert.Equal("0", registered["client_secret_expires_at"]);
        Assert.Equal("client_secret_basic", registered["token_endpoint_auth_method"]);
        Assert.Equal("""["authorization_code"]""", registered.Json["grant_types"]!.ToJsonString());
        Assert.Equal("""["code"]""", registered.Json["response_types"]!.ToJsonString());
        Assert.Equal("no-store", registered.Message.Headers.CacheControl!.ToString());
        var client = ClientOf(registered);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK);
        Assert.True(await client.IsActiveAsync(tokens["access_token"]));
    }

    [Fact]
    public async Task A_public_client_has_no_secret_and_must_use_PKCE()
    {
        var registered = (await RegisterAsync(new()
        {
            ["redirect_uris"] = new JsonArray("http://127.0.0.1/callback"),
            ["token_endpoint_auth_method"] = "none",
            ["grant_types"] = new JsonArray("authorization_code", "refresh_token"),
        })).Is(HttpStatusCode.Created);

        Assert.Null(registered.Json["client_secret"]);
        var client = ClientOf(registered);
        var refused = (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("redirect_uri", "http://127.0.0.1:4711/callback"))))
            .Is(HttpStatusCode.Redirect);
        Assert.Equal("Missing required parameter: code_challenge", refused.Query["error_description"]);
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task A_client_is_held_to_the_grants_it_registered_for_and_to_the_scopes_that_a_user_may_allow()
    {
        var client = ClientOf((await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback), ["scope"] = "openid email" }))
            .Is(HttpStatusCode.Created));

        (await client.ClientCredentialsAsync())
            .IsError(HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
        var refused = await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", "openid clients:manage")));
        Assert.Equal("Invalid scope: clients:manage", refused.Query["error_description"]);
        (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(("scope", "openid email")))).Is(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(null, "RS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256", "ES256")]
    public async Task The_algorithm_that_a_client_registers_signs_its_id_tokens(string? registered, string used)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var answer = (await RegisterAsync(
            new() { ["redirect_uris"] = new JsonArray(Callback), ["id_token_signed_response_alg"] = registered })).Is(HttpStatusCode.Created);
        Assert.Equal(used, answer["id_token_signed_response_alg"]);
        var client = ClientOf(answer);

        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid")))).Is(HttpStatusCode.OK);

        Assert.Equal(used, (string?)IdToken.Read(tokens["id_token"]).Header["alg"]);
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task The_scope_that_a_client_registers_is_what_it_gets_when_it_names_none()
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        foreach (var (registered, given) in new[] { ("openid tasks:read", "openid tasks:read"), ("email", "email"), (
            null, "openid profile email tasks:read tasks:write"), ("", "openid profile email tasks:read tasks:write") })
        {
            var client = ClientOf((await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback), ["scope"] = registered }))
                .Is(HttpStatusCode.Created));

            var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", null)))).Is(HttpStatusCode.OK);

            Assert.Equal(given, tokens["scope"]);
            Assert.Equal(given, (await client.IntrospectAsync(tokens["access_token"])).Is(HttpStatusCode.OK)["scope"]);
        }
    }

    [Fact]
    [Trait("Behaviour", "13")]
    public async Task A_client_asks_later_for_more_than_it_registered_and_the_user_decides()
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var client = ClientOf((await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback), ["scope"] = "tasks:read" }))
            .Is(HttpStatusCode.Created));
        var first = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "tasks:read")))).Is(HttpStatusCode.OK);
        Assert.Equal("tasks:read", first["scope"]);

        var asked = (await alice.GetAsync(client.AuthorizeUrl(("scope", "tasks:read tasks:write")))).Is(HttpStatusCode.Redirect);
        var page = UserAgent.Html((await alice.GetAsync(asked.Location!.OriginalString)).Is(HttpStatusCode.OK));
        Assert.Equal("Create, change and delete your projects and tasks", Assert.Single(
            page.QuerySelectorAll("li:has(.status)")).FirstChild!.TextContent.Trim());
        Assert.Equal("access_denied", (await alice.DenyAsync(client.AuthorizeUrl(("scope", "tasks:read tasks:write")))).Query["error"]);

        var more = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "tasks:read tasks:write")))).Is(HttpStatusCode.OK);
        Assert.Equal("tasks:read tasks:write", more["scope"]);
    }

    [Fact]
    [Trait("Behaviour", "18")]
    public async Task The_consent_page_says_that_nobody_knows_who_made_it()
    {
        var client = ClientOf((await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback), ["client_name"] = "Taskmaster" }))
            .Is(HttpStatusCode.Created));
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var consent = (await alice.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.Redirect);
        var page = UserAgent.Html((await alice.GetAsync(consent.Location!.OriginalString)).Is(HttpStatusCode.OK));

        Assert.Contains("registered by a program", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("yourapp.com", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_for_devices_says_that_nobody_knows_who_made_it()
    {
        var device = ClientOf((await RegisterAsync(new()
        {
            ["redirect_uris"] = new JsonArray("http://127.0.0.1/callback"),
            ["client_name"] = "Taskmaster",
            ["token_endpoint_auth_method"] = "none",
            ["grant_types"] = new JsonArray("authorization_code", "urn:ietf:params:oauth:grant-type:device_code"),
        })).Is(HttpStatusCode.Created));
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var started = (await device.PostAsync("/oauth2/device")).Is(HttpStatusCode.OK);

        var page = UserAgent.Html((await alice.GetAsync(started["verification_uri_complete"])).Is(HttpStatusCode.OK));

        Assert.Contains("registered by a program", page.QuerySelector("dl")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registration_token_reads_replaces_and_deletes_the_client()
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var (path, token, client) =
            (new Uri(registered["registration_client_uri"]).AbsolutePath, registered["registration_access_token"], ClientOf(registered));

        var read = (await SendAsync(HttpMethod.Get, path, token)).Is(HttpStatusCode.OK);
        Assert.Null(read.Json["client_secret"]);
        Assert.Equal(token, read["registration_access_token"]);

        var replaced = (await SendAsync(HttpMethod.Put, path, token, new JsonObject
        {
            ["client_id"] = registered["client_id"],
            ["client_secret"] = registered["client_secret"],
            ["redirect_uris"] = new JsonArray("https://yourapp.com/other"),
            ["client_name"] = "Renamed",
        }.ToJsonString())).Is(HttpStatusCode.OK);
        Assert.Equal("Renamed", replaced["client_name"]);
        (await host.NewUserAgent().GetAsync(client.AuthorizeUrl(), accept: "*/*"))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Invalid redirect URI");

        (await SendAsync(HttpMethod.Delete, path, token)).Is(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Get, path, token)).Is(HttpStatusCode.Unauthorized);
        (await client.TokenAsync(("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", Callback)))
            .IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
    }

    [Fact]
    public async Task Deleting_a_client_ends_its_tokens()
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var client = ClientOf(registered);
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var access = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["access_token"];
        (await SendAsync(HttpMethod.Get, "/oauth2/userinfo", access)).Is(HttpStatusCode.OK);

        (await SendAsync(HttpMethod.Delete, "/oauth2/register/" + client.ClientId, registered["registration_access_token"]))
            .Is(HttpStatusCode.NoContent);

        (await SendAsync(HttpMethod.Get, "/oauth2/userinfo", access)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_client_that_is_deleted_twice_and_replaced_at_once_is_gone()
    {
        for (var round = 0; round < 6; round++)
        {
            var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
            var (path, token) = ("/oauth2/register/" + registered["client_id"], registered["registration_access_token"]);
            var replacement = new JsonObject { ["client_id"] = registered["client_id"], ["redirect_uris"] = new JsonArray(Callback) };

            var replaced = SendAsync(HttpMethod.Put, path, token, replacement.ToJsonString());
            var deleted = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SendAsync(HttpMethod.Delete, path, token)));

            Assert.Single(deleted, answer => answer.Status is HttpStatusCode.NoContent);
            Assert.Equal(2, deleted.Count(answer => answer.Status is HttpStatusCode.Unauthorized));
            Assert.Contains((await replaced).Status, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
            (await SendAsync(HttpMethod.Get, path, token)).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("""{"client_id":"another","redirect_uris":["https://yourapp.com/"]}""")]
    [InlineData("""{"redirect_uris":["https://yourapp.com/"]}""")]
    [InlineData("""{"client_id":"$","client_secret":"chosen by me","redirect_uris":["https://yourapp.com/"]}""")]
    [InlineData("""{"client_id":"$","token_endpoint_auth_method":"none","redirect_uris":["https://yourapp.com/"]}""")]
    public async Task A_replacement_cannot_change_who_the_client_is(string body)
    {
        var registered = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var path = "/oauth2/register/" + registered["client_id"];

        var answer = (await SendAsync(HttpMethod.Put, path, registered["registration_access_token"], body.Replace(
            "$", registered["client_id"], StringComparison.Ordinal))).Is(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_client_metadata", answer["error"]);
        Assert.Equal(registered.Json["redirect_uris"]!.ToJsonString(), (await SendAsync(
            HttpMethod.Get, path, registered["registration_access_token"])).Json["redirect_uris"]!.ToJsonString());
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Without_the_clients_own_token_it_is_not_there()
    {
        var mine = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var other = (await RegisterAsync(new() { ["redirect_uris"] = new JsonArray(Callback) })).Is(HttpStatusCode.Created);
        var developers = await host.NewClientAsync();

        foreach (var path in new[] { mine["client_id"], developers.ClientId, "taskmaster-web", "nobody" }.Select(id => "/oauth2/register/" + id))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
            {
                foreach (var token in new[] { other["registration_access_token"], "x", null })
                {
                    var answer = (await SendAsync(method, path, token, method == HttpMethod.Put ? "{}" : null))
                        .Is(HttpStatusCode.Unauthorized);
                    Assert.Equal(token is null
                        ? "Bearer realm=\"Taskmaster\""
                        : "Bearer realm=\"Taskmaster\", error=\"invalid_token\"", answer.Message.Headers.WwwAuthenticate.ToString());
                    Assert.Empty(answer.Body);
                }
            }
        }

        (await SendAsync(HttpMethod.Get, "/oauth2/register/" + mine["client_id"], mine["registration_access_token"]))
            .Is(HttpStatusCode.OK);
    }

    private Task<Answer> RegisterAsync(JsonObject metadata) =>
        SendAsync(HttpMethod.Post, "/oauth2/register", token: null, metadata.ToJsonString());

    private Task<Answer> SendAsync(HttpMethod method, string path, string? token, string? body = null)
    {
        var request = NewRequest(method, path, token);
        if (body is not null)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        return host.NewUserAgent().SendAsync(request);
    }

    private static HttpRequestMessage NewRequest(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private TestClient ClientOf(Answer registered) => new(
        host, registered["client_id"], (string?)registered.Json["client_secret"], (string)registered.Json["redirect_uris"]!.AsArray()[0]!,
        new TestUser(Guid.Empty, "Nobody", string.Empty, string.Empty));
}
