using System.Net;
using System.Net.Http.Headers;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public abstract class ClientCredentialsTests(AuthServerHost host)
{
    [Fact]
    public async Task The_answer_has_exactly_the_documented_members()
    {
        var client = await host.NewClientAsync();

        var answer = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        Assert.Equal(["access_token", "token_type", "expires_in"], answer.Json.Select(member => member.Key));
        Assert.Equal("Bearer", answer["token_type"]);
        Assert.Equal("3600", answer["expires_in"]);
        Assert.Equal(43, answer["access_token"].Length);
    }

    [Fact]
    [Trait("Behaviour", "26")]
    public async Task A_token_answer_is_JSON_that_nobody_stores()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);

        foreach (var answer in new[]
        {
            bought,
            (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK),
            (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK),
            (await client.TokenAsync(("grant_type", "authorization_code"))).Is(HttpStatusCode.BadRequest),
            (await PostAsync(TestClient.Basic(client.ClientId, "wrong"), ("grant_type", "client_credentials"))).Is(HttpStatusCode.Unauthorized),
        })
        {
            Assert.True(answer.Message.Headers.CacheControl!.NoStore);
            Assert.Equal("application/json", answer.Message.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [Trait("Behaviour", "26")]
    [InlineData("GET", "/oauth2/token")]
    [InlineData("PUT", "/oauth2/token")]
    [InlineData("DELETE", "/oauth2/token")]
    [InlineData("GET", "/oauth2/introspect?token=x")]
    [InlineData("GET", "/oauth2/revoke?token=x")]
    public async Task Another_method_than_POST_is_405_and_says_which_is_allowed(string method, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        var client = await host.NewClientAsync();
        request.Headers.Authorization = TestClient.Basic(client.ClientId, client.Secret);

        var answer = await host.NewUserAgent().SendAsync(request);

        answer.IsError(HttpStatusCode.MethodNotAllowed, "invalid_request", "Method not allowed");
        Assert.Equal(["POST"], answer.Message.Content.Headers.Allow);
    }

    [Theory]
    [Trait("Behaviour", "26")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_content_type_than_a_form_is_refused(string? contentType)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        var answer = await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/token") { Content = content });

        answer.IsError(HttpStatusCode.BadRequest, "invalid_request", "The Content-Type must be application/x-www-form-urlencoded");
    }

    [Fact]
    [Trait("Behaviour", "23")]
    public async Task A_wrong_secret_and_an_unknown_client_get_the_same_answer()
    {
        var client = await host.NewClientAsync();

        var wrongSecret = await PostAsync(TestClient.Basic(client.ClientId, "wrong"), ("grant_type", "client_credentials"));
        var unknownClient = await PostAsync(
            TestClient.Basic("0198c0de-0000-7000-8000-000000000000", client.Secret), ("grant_type", "client_credentials"));

        wrongSecret.IsError(HttpStatusCode.Unauthorized, "invalid_client", "invalid client credentials");
        Assert.Equal(wrongSecret.Body, unknownClient.Body);
        Assert.Equal(wrongSecret.Status, unknownClient.Status);
        Assert.Equal(wrongSecret.Message.Headers.WwwAuthenticate.ToString(), unknownClient.Message.Headers.WwwAuthenticate.ToString());
        Assert.Equal("Basic", Assert.Single(wrongSecret.Message.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("authorization_code")]
    [InlineData("refresh_token")]
    public async Task The_other_flows_write_the_refused_credentials_with_a_capital(string grantType)
    {
        var client = await host.NewClientAsync();

        var answer = await PostAsync(
            TestClient.Basic(client.ClientId, "wrong"),
            ("grant_type", grantType), ("code", "x"), ("refresh_token", "x"), ("redirect_uri", client.RedirectUri!));

        answer.IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client credentials");
    }

    [Fact]
    public async Task Without_client_authentication_the_answer_says_that_it_is_required()
    {
        var client = await host.NewClientAsync();

        (await PostAsync(null, ("grant_type", "client_credentials")))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
        (await PostAsync(null)).IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
        (await PostAsync(null, ("grant_type", "client_credentials"), ("client_id", client.ClientId)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
        (await PostAsync(
            null, ("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", client.RedirectUri!), ("client_id", client.ClientId)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
    }

    [Fact]
    public async Task With_authentication_but_no_grant_type_the_answer_names_the_parameter() =>
        (await (await host.NewClientAsync()).TokenAsync())
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Missing required parameter: grant_type");

    [Fact]
    [Trait("Behaviour", "24")]
    public async Task A_secret_with_any_characters_works_form_urlencoded_in_Basic_and_in_the_form()
    {
        var client = await host.NewClientAsync(secret: "a:b%c+d e&f=ü€𝄞");

        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        (await PostAsync(null, ("grant_type", "client_credentials"), ("client_id", client.ClientId), ("client_secret", client.Secret)))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "24")]
    public async Task Two_authentication_methods_at_once_are_refused()
    {
        var client = await host.NewClientAsync();

        (await client.ClientCredentialsAsync(("client_secret", client.Secret)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "More than one client authentication method");
    }

    /// <summary>RFC 6749 §2.3.</summary>
    [Theory]
    [Trait("Behaviour", "24")]
    [InlineData("/oauth2/token")]
    [InlineData("/oauth2/par")]
    [InlineData("/oauth2/device")]
    [InlineData("/oauth2/introspect")]
    [InlineData("/oauth2/revoke")]
    public async Task Another_clients_id_beside_the_Authorization_header_is_refused(string path)
    {
        var client = await host.NewClientAsync();
        var other = await host.NewClientAsync();

        (await client.PostAsync(path, ("grant_type", "client_credentials"), ("token", "x"), ("client_id", other.ClientId)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "More than one client authentication method");
        (await client.ClientCredentialsAsync(("client_id", client.ClientId))).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic eHl6")]
    [InlineData("Basic =")]
    public async Task A_malformed_Basic_header_is_called_malformed(string header)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", header));

        (await host.NewUserAgent().SendAsync(request))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Malformed Authorization header");
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task A_scope_that_the_client_cannot_have_is_named()
    {
        var client = await host.NewClientAsync();

        foreach (var scope in new[] { "clients:manage", "nonsense", "openid", "offline_access" })
        {
            (await client.ClientCredentialsAsync(("scope", $"tasks:read {scope}")))
                .IsError(HttpStatusCode.BadRequest, "invalid_scope", $"Invalid scope: {scope}");
        }

        (await client.ClientCredentialsAsync(("scope", "tasks:read"))).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "25")]
    public async Task A_public_client_cannot_act_on_its_own()
    {
        var client = await host.NewClientAsync(isPublic: true);

        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.BadRequest);
        (await client.ClientCredentialsAsync(("client_secret", "made up")))
            .IsError(HttpStatusCode.BadRequest, "unauthorized_client", "The client may not use this grant type");
    }

    [Theory]
    [Trait("Behaviour", "20")]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    public async Task A_grant_type_that_we_do_not_have_is_unsupported(string grantType)
    {
        var client = await host.NewClientAsync();

        (await client.TokenAsync(("grant_type", grantType), ("username", "a"), ("password", "b")))
            .IsError(HttpStatusCode.BadRequest, "unsupported_grant_type", "Unsupported grant type");
    }

    [Fact]
    [Trait("Behaviour", "21")]
    public async Task A_parameter_sent_twice_is_refused_and_named()
    {
        var client = await host.NewClientAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent(
                [KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = TestClient.Basic(client.ClientId, client.Secret);

        (await host.NewUserAgent().SendAsync(request))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Duplicate parameter: grant_type");
    }

    private Task<Answer> PostAsync(AuthenticationHeaderValue? authorization, params (string Name, string Value)[] parameters)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
        {
            Content = new FormUrlEncodedContent(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))),
        };
        request.Headers.Authorization = authorization;
        return host.NewUserAgent().SendAsync(request);
    }
}
