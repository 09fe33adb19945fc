using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Taskmaster.Tests.AuthServer.Conformance;

/// <summary>Plan <c>oidcc-config-certification-test-plan</c>, on https as the module demands.</summary>
public sealed class ConfigOpTests : IAsyncLifetime
{
    private const string Origin = "https://taskmaster.test";

    private readonly AuthServerHost _host = new(origin: Origin);

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("Module", "oidcc-discovery-endpoint-verification")]
    [Trait("Module", "oidcc-rp-initiated-logout-discovery-endpoint-verification")]
    public async Task The_discovery_document_has_what_the_specifications_require()
    {
        var answer = (await _host.NewUserAgent().GetAsync("/.well-known/openid-configuration")).Is(HttpStatusCode.OK);
        var discovery = answer.Json;
        var keys = new JsonWebKeySet(
            (await _host.NewUserAgent().GetAsync(new Uri((string)discovery["jwks_uri"]!).AbsolutePath)).Is(HttpStatusCode.OK).Body);

        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Origin, (string?)discovery["issuer"]);
        foreach (var endpoint in new[]
        {
            "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "registration_endpoint", "end_session_endpoint", "jwks_uri"
        })
        {
            Assert.StartsWith(Origin + "/", (string?)discovery[endpoint], StringComparison.Ordinal);
        }

        Contains(discovery, "response_types_supported", "code");
        Contains(discovery, "grant_types_supported", "authorization_code");
        Contains(discovery, "subject_types_supported", "public");
        Contains(discovery, "id_token_signing_alg_values_supported", "RS256");
        Contains(discovery, "scopes_supported", "openid");
        Contains(discovery, "claims_supported", "sub");
        Contains(discovery, "code_challenge_methods_supported", "S256");
        foreach (var unsupported in new[]
        {
            "claims_parameter_supported", "request_parameter_supported", "request_uri_parameter_supported"
        })
        {
            // The default of the last is true (OpenID Connect Discovery §3), so leaving it out would promise it.
            Assert.False((bool)discovery[unsupported]!);
        }

        Assert.Equal([("RSA", "sig", "RS256"), ("EC", "sig", "ES256")], keys.Keys.Select(key => (key.Kty, key.Use, key.Alg)));
        Assert.All(keys.Keys, key => Assert.False(key.HasPrivateKey));
        Assert.All(keys.Keys, key => Assert.NotEmpty(key.Kid));
    }

    private static void Contains(JsonObject discovery, string member, string value) =>
        Assert.Contains(value, discovery[member]!.AsArray().Select(entry => (string)entry!));
}
