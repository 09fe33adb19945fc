using System.Net;
using System.Text.Json.Nodes;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class DiscoveryTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Both_metadata_documents_agree_and_every_address_in_them_is_the_public_origins_and_answers()
    {
        var agent = host.NewUserAgent();
        var discovery = (await agent.GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK).Json;
        var metadata = (await agent.GetAsync("/.well-known/oauth-authorization-server")).Is(HttpStatusCode.OK).Json;

        Assert.True(JsonNode.DeepEquals(discovery, metadata));
        Assert.Equal(AuthServerHost.Origin, (string?)discovery["issuer"]);
        var urls =
            discovery.Where(member => member.Key.EndsWith("_endpoint", StringComparison.Ordinal) || member.Key == "jwks_uri").ToList();
        Assert.True(urls.Count >= 10);
        foreach (var (_, url) in urls)
        {
            Assert.StartsWith(AuthServerHost.Origin + "/oauth2/", (string?)url, StringComparison.Ordinal);
            Assert.NotEqual(HttpStatusCode.NotFound, (await agent.GetAsync((string)url!)).Status);
        }
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task Only_what_works_is_advertised()
    {
        var discovery = (await host.NewUserAgent().GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK).Json;

        Assert.Equal("authorization_code client_credentials refresh_token urn:ietf:params:oauth:grant-type:device_code "
            + "urn:ietf:params:oauth:grant-type:token-exchange", List(
            discovery, "grant_types_supported"));
        Assert.Equal("code", List(discovery, "response_types_supported"));
        Assert.Equal("S256", List(discovery, "code_challenge_methods_supported"));
        Assert.Equal("ES256 RS256", List(discovery, "id_token_signing_alg_values_supported"));
        Assert.Equal(
            "client_secret_basic client_secret_post none private_key_jwt", List(discovery, "token_endpoint_auth_methods_supported"));
        Assert.Equal(
            "client_secret_basic client_secret_post private_key_jwt", List(discovery, "introspection_endpoint_auth_methods_supported"));
        Assert.Equal("none", List(discovery, "device_authorization_endpoint_auth_methods_supported"));
        foreach (var endpoint in new[] { "token", "introspection", "revocation" })
        {
            Assert.Contains("ES256", List(discovery, $"{endpoint}_endpoint_auth_signing_alg_values_supported"), StringComparison.Ordinal);
        }

        Assert.Equal("email offline_access openid profile tasks:read tasks:write", List(discovery, "scopes_supported"));
        Assert.True((bool)discovery["authorization_response_iss_parameter_supported"]!);
    }

    [Theory]
    [Trait("Behaviour", "41")]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    public async Task A_forged_host_changes_nothing(string header, string value)
    {
        var client = await host.NewClientAsync();
        foreach (var path in new[] { "/.well-known/openid-configuration", client.AuthorizeUrl() })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));

            var answer = await host.NewUserAgent().SendAsync(request);

            Assert.DoesNotContain("evil.example", answer.Body + answer.Location, StringComparison.Ordinal);
            Assert.DoesNotContain("https://taskmaster.test", answer.Body + answer.Location, StringComparison.Ordinal);
        }
    }

    /// <summary>RFC 9110 §13.1.2 and RFC 9111 §5.2: kept for a little less than it takes a new key to be used.</summary>
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server/")]
    [InlineData("/oauth2/jwks")]
    public async Task Metadata_and_keys_may_be_kept_and_asked_for_by_their_tag(string path)
    {
        var first = (await host.NewUserAgent().GetAsync(path)).Is(HttpStatusCode.OK);
        Assert.Equal("max-age=300, public", string.Join(", ", first.Message.Headers.CacheControl!.ToString().Split(", ").Order()));
        Assert.Equal("application/json", first.Message.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(first.Json);

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(first.Message.Headers.ETag!.Tag)).Status);
        var other = (await AskAsync("\"another\"")).Is(HttpStatusCode.OK);
        Assert.Equal(first.Body, other.Body);
        Assert.Equal(first.Message.Headers.ETag, other.Message.Headers.ETag);

        Task<Answer> AskAsync(string tag)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.IfNoneMatch.ParseAdd(tag);
            return host.NewUserAgent().SendAsync(request);
        }
    }

    [Fact]
    public async Task An_error_in_the_place_of_metadata_is_not_kept()
    {
        var answer = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/jwks")))
            .Is(HttpStatusCode.MethodNotAllowed);

        Assert.True(answer.Message.Headers.CacheControl!.NoStore);
    }

    /// <summary>RFC 9110 §9.3.2, for every endpoint that has GET; the others refuse both.</summary>
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/oauth2/jwks")]
    [InlineData("/oauth2/authorize")]
    [InlineData("/oauth2/userinfo")]
    [InlineData("/oauth2/logout")]
    [InlineData("/oauth2/verify")]
    [InlineData("/oauth2/register/unknown")]
    [InlineData("/oauth2/token")]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    public async Task HEAD_is_answered_as_GET(string path)
    {
        var got = await host.NewUserAgent().GetAsync(path);
        var request = new HttpRequestMessage(HttpMethod.Head, path);
        request.Headers.Accept.ParseAdd("text/html");
        var asked = (await host.NewUserAgent().SendAsync(request)).Is(got.Status);

        Assert.Equal(got.Message.Content.Headers.ContentType, asked.Message.Content.Headers.ContentType);
        Assert.Equal(got.Message.Headers.ETag, asked.Message.Headers.ETag);
    }

    private static string List(JsonObject discovery, string name) =>
        string.Join(' ', discovery[name]!.AsArray().Select(value => (string?)value).Order(StringComparer.Ordinal));
}
