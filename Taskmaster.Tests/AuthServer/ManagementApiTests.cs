using System.Net;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed partial class ManagementApiTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task An_application_is_made_shown_changed_and_removed()
    {
        var alice = await ManagerAsync();

        var created = (await alice.SendAsync(
            HttpMethod.Post, "/clients", """{"name":" My App ","redirect_uris":["https://app.example/cb"]}""")).Is(HttpStatusCode.Created);
        var clientId = created["client_id"];
        Assert.Equal("My App", created["name"]);
        Assert.Equal("confidential", created["client_type"]);
        Assert.Equal(43, created["client_secret"].Length);
        Assert.EndsWith("Z", created["created_at"], StringComparison.Ordinal);

        var listed = JsonNode.Parse((await alice.SendAsync(HttpMethod.Get, "/clients")).Is(HttpStatusCode.OK).Body)!.AsArray();
        Assert.Equal(clientId, (string?)Assert.Single(listed)!["client_id"]);
        Assert.DoesNotContain(created["client_secret"], listed.ToJsonString(), StringComparison.Ordinal);

        var changed = (await alice.SendAsync(HttpMethod.Put, $"/clients/{clientId}", """{"name":"Renamed","require_pkce":true}"""))
            .Is(HttpStatusCode.OK);
        Assert.Equal("Renamed", changed["name"]);
        Assert.True((bool)changed.Json["require_pkce"]!);
        Assert.Equal("https://app.example/cb", (string?)changed.Json["redirect_uris"]![0]);

        (await alice.SendAsync(HttpMethod.Delete, $"/clients/{clientId}")).Is(HttpStatusCode.NoContent);
        (await alice.SendAsync(HttpMethod.Get, $"/clients/{clientId}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task An_application_is_registered_for_tasks_unless_its_owner_says_otherwise()
    {
        var alice = await ManagerAsync();

        var usual = (await alice.SendAsync(HttpMethod.Post, "/clients", """{"name":"App"}""")).Is(HttpStatusCode.Created);
        var signIn = (await alice.SendAsync(
            HttpMethod.Post, "/clients", """{"name":"App","redirect_uris":["https://app.example/cb"],"tasks_access":"none"}"""))
            .Is(HttpStatusCode.Created);

        Assert.Equal("read_write", usual["tasks_access"]);
        Assert.Equal("none", signIn["tasks_access"]);
        var client = new TestClient(host, signIn["client_id"], signIn["client_secret"], "https://app.example/cb", alice.User);
        (await client.ClientCredentialsAsync())
            .IsError(HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
        Assert.Equal("Invalid scope: tasks:read", (await host.NewUserAgent().GetAsync(
            client.AuthorizeUrl(("scope", "openid tasks:read")))).Query["error_description"]);

        var changed = (await alice.SendAsync(HttpMethod.Put, $"/clients/{client.ClientId}", """{"tasks_access":"read"}"""))
            .Is(HttpStatusCode.OK);
        Assert.Equal("read", changed["tasks_access"]);
        Assert.Equal("read", (await alice.SendAsync(HttpMethod.Put, $"/clients/{client.ClientId}", """{"name":"Renamed"}"""))
            .Is(HttpStatusCode.OK)["tasks_access"]);
        (await client.ClientCredentialsAsync(("scope", "tasks:read"))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Id_tokens_of_an_application_are_signed_with_RS256_unless_its_owner_says_otherwise()
    {
        const string name = "id_token_signed_response_alg";
        var alice = await ManagerAsync();
        var usual = (await alice.SendAsync(HttpMethod.Post, "/clients", """{"name":"App"}""")).Is(HttpStatusCode.Created);
        Assert.Equal("RS256", usual[name]);
        Assert.Equal("ES256", (await alice.SendAsync(
            HttpMethod.Post, "/clients", """{"name":"App","id_token_signed_response_alg":"ES256"}""")).Is(HttpStatusCode.Created)[name]);

        var path = $"/clients/{usual["client_id"]}";
        Assert.Equal("ES256", (await alice.SendAsync(HttpMethod.Put, path, """{"id_token_signed_response_alg":"ES256"}"""))
            .Is(HttpStatusCode.OK)[name]);
        Assert.Equal("ES256", (await alice.SendAsync(HttpMethod.Put, path, """{"name":"Renamed"}""")).Is(HttpStatusCode.OK)[name]);
    }

    [Fact]
    public async Task Post_logout_redirect_URIs_are_kept_changed_and_removed()
    {
        var alice = await ManagerAsync();
        var created =
            (await alice.SendAsync(
                HttpMethod.Post, "/clients",
                """{"name":"App","post_logout_redirect_uris":[" https://app.example/bye ","https://app.example/bye"]}"""))
            .Is(HttpStatusCode.Created);
        Assert.Equal("""["https://app.example/bye"]""", created.Json["post_logout_redirect_uris"]!.ToJsonString());
        var path = $"/clients/{created["client_id"]}";

        var renamed = (await alice.SendAsync(HttpMethod.Put, path, """{"name":"Renamed"}""")).Is(HttpStatusCode.OK);
        Assert.Equal("""["https://app.example/bye"]""", renamed.Json["post_logout_redirect_uris"]!.ToJsonString());
        (await host.NewUserAgent().GetAsync(
            $"/oauth2/logout?client_id={created["client_id"]}&post_logout_redirect_uri=https://app.example/bye"))
            .Is(HttpStatusCode.Redirect);

        var emptied = (await alice.SendAsync(HttpMethod.Put, path, """{"post_logout_redirect_uris":[]}""")).Is(HttpStatusCode.OK);
        Assert.Equal("[]", emptied.Json["post_logout_redirect_uris"]!.ToJsonString());
        (await host.NewUserAgent().GetAsync(
            $"/oauth2/logout?client_id={created["client_id"]}&post_logout_redirect_uri=https://app.example/bye"))
            .Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public async Task Two_secrets_live_side_by_side_until_the_old_one_expires_or_is_removed()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var oldId =
            (string)(await alice.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}")).Is(HttpStatusCode.OK).Json["secrets"]![0]!["id"]!;

        var added = (await alice.SendAsync(HttpMethod.Post, $"/clients/{client.ClientId}/secrets", """{"name":"New"}"""))
            .Is(HttpStatusCode.Created);
        var renewed = new TestClient(host, client.ClientId, added["client_secret"], client.RedirectUri, client.Owner);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        (await renewed.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        var expiry = host.Clock.GetUtcNow().AddMinutes(5);
        (await alice.SendAsync(HttpMethod.Patch, $"/clients/{client.ClientId}/secrets/{oldId}", $$"""{"expires_at":"{{expiry:O}}"}"""))
            .Is(HttpStatusCode.OK);
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await client.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");

        (await renewed.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        (await alice.SendAsync(HttpMethod.Delete, $"/clients/{client.ClientId}/secrets/{added["id"]}")).Is(HttpStatusCode.NoContent);
        (await renewed.ClientCredentialsAsync()).IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");
    }

    [Fact]
    [Trait("Behaviour", "27")]
    public async Task A_removed_secret_stops_working_on_every_replica_within_a_second()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var replica = host.NewReplica();
        var secretId =
            (string)(await alice.SendAsync(HttpMethod.Get, $"/clients/{client.ClientId}")).Is(HttpStatusCode.OK).Json["secrets"]![0]!["id"]!;
        (await TokenAtAsync(replica, client)).Is(HttpStatusCode.OK);

        (await alice.SendAsync(HttpMethod.Delete, $"/clients/{client.ClientId}/secrets/{secretId}")).Is(HttpStatusCode.NoContent);

        // When it was asked counts: a busy machine may answer late.
        var removed = TimeProvider.System.GetTimestamp();
        var asked = TimeSpan.Zero;
        while ((await TokenAtAsync(replica, client)).Status is HttpStatusCode.OK)
        {
            Assert.True(asked < TimeSpan.FromSeconds(1), "The other replica still takes the secret.");
            asked = TimeProvider.System.GetElapsedTime(removed);
        }
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task Removing_an_application_ends_its_codes_and_tokens()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync(owner: alice.User);
        var bob = await host.NewUserAgent().SignInAsync(await host.NewUserAsync("Bob"));
        var bought = (await client.RedeemAsync(await client.CodeAsync(bob, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        var code = await client.CodeAsync(bob, ("scope", "openid offline_access"));
        Assert.Equal(HttpStatusCode.OK, (await UserInfoAsync(bought["access_token"])).Status);

        (await alice.SendAsync(HttpMethod.Delete, $"/clients/{client.ClientId}")).Is(HttpStatusCode.NoContent);

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
        (await client.RefreshAsync(bought["refresh_token"]))
            .IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
        (await UserInfoAsync(bought["access_token"])).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_user_takes_back_what_they_allowed_and_the_tokens_end()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync();
        var browser = await host.NewUserAgent().SignInAsync(alice.User);
        var bought = (await client.RedeemAsync(await client.CodeAsync(browser))).Is(HttpStatusCode.OK);

        var consent = Assert.Single(
            JsonNode.Parse((await alice.SendAsync(HttpMethod.Get, "/consents")).Is(HttpStatusCode.OK).Body)!.AsArray())!;
        Assert.Equal(client.ClientId, (string?)consent["client_id"]);
        (await alice.SendAsync(HttpMethod.Delete, $"/consents/{client.ClientId}")).Is(HttpStatusCode.NoContent);

        Assert.False(await client.IsActiveAsync(bought["access_token"]));
        Assert.StartsWith("/consent", (await browser.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
        (await alice.SendAsync(HttpMethod.Delete, $"/consents/{client.ClientId}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Behaviour", "37")]
    public async Task Anothers_application_is_not_there()
    {
        var alice = await ManagerAsync();
        var client = await host.NewClientAsync();
        var missing = (await alice.SendAsync(HttpMethod.Get, "/clients/nothing")).Is(HttpStatusCode.NotFound);
        Assert.Equal("""{"message":"Not Found"}""", missing.Body);

        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Get, $"/clients/{client.ClientId}", null),
            (HttpMethod.Put, $"/clients/{client.ClientId}", """{"name":"Mine now"}"""),
            (HttpMethod.Delete, $"/clients/{client.ClientId}", null),
            (HttpMethod.Post, $"/clients/{client.ClientId}/secrets", """{"name":"Mine now"}"""),
            (HttpMethod.Post, $"/clients/{client.ClientId}/secrets/roll", """{"overlap":"none"}"""),
            (HttpMethod.Get, $"/clients/{client.ClientId}/consents", null),
            (HttpMethod.Get, "/clients/taskmaster-web", null),
            (HttpMethod.Delete, "/clients/taskmaster-web", null),
        })
        {
            Assert.Equal(missing.Body, (await alice.SendAsync(method, path, body)).Is(HttpStatusCode.NotFound).Body);
        }

        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Members_that_are_not_ones_own_to_set_are_ignored()
    {
        var alice = await ManagerAsync();

        var created = (await alice.SendAsync(
            HttpMethod.Post, "/clients",
            """{"name":"App","owner_id":"0198c0de-0000-7000-8000-000000000000","client_id":"admin","is_first_party":true,"client_secret":"x"}"""))
                .Is(HttpStatusCode.Created);

        Assert.NotEqual("admin", created["client_id"]);
        Assert.NotEqual("x", created["client_secret"]);
        var client = new TestClient(host, created["client_id"], created["client_secret"], "https://app.example/cb", alice.User);
        (await client.ClientCredentialsAsync(("scope", "clients:manage")))
            .IsError(HttpStatusCode.BadRequest, "invalid_scope", "Invalid scope: clients:manage");
    }

    [Theory]
    [InlineData("""{"redirect_uris":[]}""", "name")]
    [InlineData("""{"name":"   "}""", "name")]
    [InlineData("""{"name":"App","client_type":"hybrid"}""", "client_type")]
    [InlineData("""{"name":"App","tasks_access":"all"}""", "tasks_access")]
    [InlineData("""{"name":"App","id_token_signed_response_alg":"HS256"}""", "id_token_signed_response_alg")]
    [InlineData("""{"name":"App","redirect_uris":["/relative"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["http://app.example/cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["https://app.example/cb#x"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["https://*.example/cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["https://user:pass@app.example/cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["javascript:alert(1)"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["https://app.example/größe"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["https://app.example/%2"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["http://loopback/cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","redirect_uris":["cursor://cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"\u200b\u2060","redirect_uris":[]}""", "name")]
    [InlineData("""{"name":"App","redirect_uris":["com.example.app:/cb"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","client_type":"public","redirect_uris":["data:text/html,x"]}""", "redirect_uris")]
    [InlineData("""{"name":"App","post_logout_redirect_uris":["http://app.example/"]}""", "post_logout_redirect_uris")]
    [InlineData("""{"name":"App","post_logout_redirect_uris":["https://app.example/#x"]}""", "post_logout_redirect_uris")]
    [InlineData("""{"name":"App","post_logout_redirect_uris":["javascript:alert(1)"]}""", "post_logout_redirect_uris")]
    [InlineData("""{"name":"App","client_uri":"http://app.example/"}""", "client_uri")]
    [InlineData("""{"name":"App","client_uri":"javascript:alert(1)"}""", "client_uri")]
    [InlineData("""{"name":"App","policy_uri":"https://user@app.example/"}""", "policy_uri")]
    public async Task What_is_wrong_with_an_application_is_said_by_field(string body, string field)
    {
        var answer = (await (await ManagerAsync()).SendAsync(HttpMethod.Post, "/clients", body)).Is(HttpStatusCode.BadRequest);

        Assert.Equal("Invalid request data", answer["message"]);
        Assert.Equal(field, Assert.Single(answer.Json["errors"]!.AsObject()).Key);
    }

    [Theory]
    [InlineData("""{"name":"App","client_type":"public","redirect_uris":["com.example.app:/cb","http://127.0.0.1/cb"]}""")]
    [InlineData("""{"name":"App","redirect_uris":["http://localhost:3000/cb","https://app.example/cb?x=1"]}""")]
    [InlineData(
        """{"name":"App","client_type":"public","redirect_uris":["cursor://cb","http://[::1]:7777/cb","http://127.0.0.2/gr%C3%B6%C3%9Fe","http://LOCALHOST/cb"]}""")]
    public async Task Good_redirect_URIs_are_taken(string body) =>
        (await (await ManagerAsync()).SendAsync(HttpMethod.Post, "/clients", body)).Is(HttpStatusCode.Created);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"name":{}}""")]
    [InlineData("""{"name":"App","redirect_uris":[null]}""")]
    public async Task Bad_JSON_is_the_callers_mistake(string body)
    {
        var answer = await (await ManagerAsync()).SendAsync(HttpMethod.Post, "/clients", body);

        Assert.InRange((int)answer.Status, 200, 499);
    }

    [Fact]
    public async Task Only_tokens_of_Taskmasters_own_client_are_taken()
    {
        var client = await host.NewClientAsync();
        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];

        (await SendAsync(token, HttpMethod.Get, "/clients")).Is(HttpStatusCode.Unauthorized);
        (await SendAsync("made-up", HttpMethod.Get, "/clients")).Is(HttpStatusCode.Unauthorized);
        (await SendAsync(null, HttpMethod.Get, "/clients")).Is(HttpStatusCode.Unauthorized);
    }

    /// <summary>RFC 6750 §2, §3.1.</summary>
    [Fact]
    public async Task A_request_without_a_token_is_told_no_error_and_one_with_two_is_refused()
    {
        var none = (await SendAsync(null, HttpMethod.Get, "/clients")).Is(HttpStatusCode.Unauthorized);
        Assert.DoesNotContain("error", none.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Bearer", none.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", (await SendAsync(
            "made-up", HttpMethod.Get, "/clients")).Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        var two = new HttpRequestMessage(HttpMethod.Get, "/clients");
        two.Headers.TryAddWithoutValidation("Authorization", "Bearer x");
        two.Headers.TryAddWithoutValidation("Authorization", "Bearer y");
        (await host.NewUserAgent().SendAsync(two)).Is(HttpStatusCode.BadRequest);
        (await SendAsync("made-up", HttpMethod.Get, "/clients?access_token=x")).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_wrong_with_a_redirect_URI_is_said_with_its_reason()
    {
        var answer = (await (await ManagerAsync()).SendAsync(
            HttpMethod.Post, "/clients",
            """{"name":"App","redirect_uris":["https://app.example/ok","https://app.example/größe","http://loopback/cb","https://app.example/%zz","https://app.example/\"x\""]}"""))
                .Is(HttpStatusCode.BadRequest);

        Assert.Equal(
            [
                "'https://app.example/größe' must not contain characters beyond ASCII: write them as a browser sends them, such as "
                + "%C3%B6, and a host in its xn-- form",
                "'http://loopback/cb' must use https; http is for localhost, 127.0.0.1 and [::1] only",
                "'https://app.example/%zz' has a % that two hexadecimal digits do not follow",
                "'https://app.example/\"x\"' must not contain the character \"",
            ],
            answer.Json["errors"]!["redirect_uris"]!.AsArray().Select(reason => (string)reason!));
    }

    private async Task<Manager> ManagerAsync()
    {
        var user = await host.NewUserAsync();
        var browser = await host.NewUserAgent().SignInAsync(user);
        var web = new TestClient(host, "taskmaster-web", AuthServerHost.WebSecret, AuthServerHost.Origin + "/signin-oidc", user);
        var code = await web.CodeAsync(
            browser, ("scope", "openid clients:manage"), ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            ("code_challenge_method", "S256"));
        var bought = (await web.RedeemAsync(code, ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))).Is(HttpStatusCode.OK);
        return new Manager(this, user, bought["access_token"]);
    }

    private Task<Answer> SendAsync(string? token, HttpMethod method, string path, string? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return host.NewUserAgent().SendAsync(request);
    }

    private Task<Answer> UserInfoAsync(string token) => SendAsync(token, HttpMethod.Get, "/oauth2/userinfo");

    private Task<Answer> TokenAtAsync(AuthServerHost.Replica replica, TestClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = TestClient.Basic(client.ClientId, client.Secret);
        return host.NewUserAgent(replica).SendAsync(request);
    }

    private sealed record Manager(ManagementApiTests Tests, TestUser User, string Token)
    {
        public Task<Answer> SendAsync(HttpMethod method, string path, string? body = null) => Tests.SendAsync(Token, method, path, body);
    }
}
