using System.Net;
using System.Text.Json.Nodes;

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
        var urls = discovery.Where(member => member.Key.EndsWith("_endpoint", StringComparison.Ordinal) || member.Key == "jwks_uri").ToList();
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

        Assert.Equal("authorization_code client_credentials refresh_token urn:ietf:params:oauth:grant-type:device_code", List(discovery, "grant_types_supported"));
        Assert.Equal("code", List(discovery, "response_types_supported"));
        Assert.Equal("S256", List(discovery, "code_challenge_methods_supported"));
        Assert.Equal("RS256", List(discovery, "id_token_signing_alg_values_supported"));
        Assert.Equal("client_secret_basic client_secret_post none private_key_jwt", List(discovery, "token_endpoint_auth_methods_supported"));
        Assert.Equal("client_secret_basic client_secret_post private_key_jwt", List(discovery, "introspection_endpoint_auth_methods_supported"));
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

    private static string List(JsonObject discovery, string name) =>
        string.Join(' ', discovery[name]!.AsArray().Select(value => (string?)value).Order(StringComparer.Ordinal));
}
