using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.ClientDocuments;
using Taskmaster.Tests.Fixtures;
using static Taskmaster.Tests.AuthServer.ClientDocuments.DocumentsHost;
using static Taskmaster.Tests.Fixtures.DocumentServer;

namespace Taskmaster.Tests.AuthServer.ClientDocuments;

/// <summary>Clients that authenticate by the keys of their documents (draft-ietf-oauth-client-id-metadata-document-02 §8.2).</summary>
public sealed class DocumentKeyTests(DocumentsHost host) : IClassFixture<DocumentsHost>, IDisposable
{
    private readonly ECDsaSecurityKey _first = NewKey("first");
    private readonly ECDsaSecurityKey _second = NewKey("second");

    private DocumentServer Documents => host.Documents;

    public void Dispose()
    {
        _first.ECDsa.Dispose();
        _second.ECDsa.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Behaviour", "23")]
    public async Task A_client_with_keys_in_or_behind_its_document_must_sign(bool inDocument)
    {
        var keysAddress = PublishKeys(_first);
        var client = host.ClientAt(PublishClient(inDocument ? ("jwks", Keys(_first)) : ("jwks_uri", keysAddress)));
        var alice = await NewAliceAsync();
        var pkce = Pkce.New();
        var code = (await alice.AllowAsync(RequestOf(client, pkce))).Query["code"]!;

        (await client.RedeemAsync(code, ("code_verifier", pkce.Verifier)))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
        (await client.RedeemAsync(code, [("code_verifier", pkce.Verifier), .. Signed(client, _second)]))
            .IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client assertion");
        var bought = (await client.RedeemAsync(code, [("code_verifier", pkce.Verifier), .. Signed(client, _first)])).Is(HttpStatusCode.OK);

        var introspected = (await client.PostAsync("/oauth2/introspect", [("token", bought.AccessToken), .. Signed(client, _first)]))
            .Is(HttpStatusCode.OK);
        Assert.Equal(client.ClientId, introspected["client_id"]);
        (await client.PostAsync("/oauth2/par",
        [
            ("response_type", "code"), ("redirect_uri", Callback), ("code_challenge", pkce.Challenge), ("code_challenge_method", "S256"),
            .. Signed(client, _first),
        ])).Is(HttpStatusCode.Created);
        (await client.PostAsync("/oauth2/revoke", [("token", bought["refresh_token"]), .. Signed(client, _first)])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_behind_the_document_rotate_without_asking_anybody()
    {
        var keysAddress = PublishKeys(_first);
        var client = host.ClientAt(PublishClient(("jwks_uri", keysAddress)));
        var alice = await NewAliceAsync();
        var bought = (await SignInAsync(client, alice, Signed(client, _first))).Is(HttpStatusCode.OK);

        Documents.Publish(keysAddress, Keys(_second));
        (await RefreshAsync(client, bought, _second)).Is(HttpStatusCode.Unauthorized);
        Assert.Equal(1, Documents.FetchesOf(keysAddress));
        host.Clock.Advance(DocumentClients.Pause);

        var refreshed = (await RefreshAsync(client, bought, _second)).Is(HttpStatusCode.OK);
        (await RefreshAsync(client, refreshed, _first)).Is(HttpStatusCode.Unauthorized);
        Assert.NotNull((await alice.GetAsync(RequestOf(client, Pkce.New()))).Query["code"]);
    }

    [Fact]
    public async Task Other_keys_in_the_document_are_asked_about()
    {
        var client = host.ClientAt(PublishClient(("jwks", Keys(_first))));
        var alice = await NewAliceAsync();
        var bought = (await SignInAsync(client, alice, Signed(client, _first))).Is(HttpStatusCode.OK);

        Documents.Publish(client.ClientId, WithKeys(client.ClientId, ("jwks", Keys(_second))));
        host.Clock.Advance(TimeSpan.FromHours(2));

        var asked = (await alice.GetAsync(RequestOf(client, Pkce.New()))).Is(HttpStatusCode.Redirect).Location!;
        Assert.StartsWith("/consent?", asked.OriginalString, StringComparison.Ordinal);
        (await RefreshAsync(client, bought, _second)).Is(HttpStatusCode.OK);
    }

    /// <summary>Who gets hold of the host, or of a refresh token alone, has not got the key.</summary>
    [Fact]
    public async Task What_was_granted_to_a_client_that_signs_is_not_for_one_that_does_not()
    {
        var client = host.ClientAt(PublishClient(("jwks", Keys(_first))));
        var bought = (await SignInAsync(client, await NewAliceAsync(), Signed(client, _first))).Is(HttpStatusCode.OK);

        Documents.Publish(client.ClientId, Document(client.ClientId));
        host.Clock.Advance(TimeSpan.FromHours(2));

        (await client.RefreshAsync(bought["refresh_token"])).IsError(
            HttpStatusCode.BadRequest, "invalid_grant", "The client authenticated when this was granted, and does not any more");
    }

    /// <summary>Bytes of a string that are no UTF-8 pass a parser, and cannot be read.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_with_bytes_that_are_no_text_are_refused(bool inDocument)
    {
        var (address, keysAddress) = (Documents.NewAddress(), Documents.NewAddress());
        const string keys = "{\"keys\":[{\"kty\":\"\u00ff\"}]}";
        var members = WithKeys(address, inDocument ? ("jwks", "keys") : ("jwks_uri", keysAddress)).ToJsonString();
        Answer(address, members.Replace("\"jwks\":\"keys\"", $"\"jwks\":{keys}", StringComparison.Ordinal));
        Answer(keysAddress, keys);

        (await host.NewUserAgent().GetAsync(RequestOf(host.ClientAt(address), Pkce.New()), accept: "*/*")).IsError(
            HttpStatusCode.BadRequest, "invalid_request", "The client's metadata document cannot be used: jwks is not a JWK Set");

        void Answer(string at, string json) => Documents.Answer(at, context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(System.Text.Encoding.Latin1.GetBytes(json)).AsTask();
        });
    }

    /// <summary>OpenID Connect RP Metadata Choices 1.0 §2.</summary>
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("none", "none private_key_jwt", false)]
    [InlineData("private_key_jwt", "none private_key_jwt", true)]
    [InlineData("tls_client_auth", "tls_client_auth none", false)]
    [InlineData("tls_client_auth", "none tls_client_auth private_key_jwt", true)]
    [InlineData(null, "none private_key_jwt", true)]
    [InlineData(null, "client_secret_basic none", false)]
    public async Task The_method_is_the_one_the_client_prefers_or_else_the_stronger_of_those_it_can_use(
        string? preferred, string? supported, bool signs)
    {
        var client = host.ClientAt(Documents.PublishNew(
            ("token_endpoint_auth_method", preferred), ("jwks", Keys(_first)),
            ("token_endpoint_auth_methods_supported", supported is null ? null : new JsonArray(
                [.. supported.Split(' ').Select(method => (JsonNode)method)]))));

        var pushed = await client.PostAsync("/oauth2/par",
        [
            ("response_type", "code"), ("redirect_uri", Callback), ("code_challenge", Pkce.New().Challenge),
            ("code_challenge_method", "S256"), .. signs ? Signed(client, _first) : [],
        ]);

        pushed.Is(HttpStatusCode.Created);
    }

    private async Task<UserAgent> NewAliceAsync() => await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

    private Task<Answer> RefreshAsync(TestClient client, Answer bought, ECDsaSecurityKey key) => client.TokenAsync(
        [("grant_type", "refresh_token"), ("refresh_token", bought["refresh_token"]), .. Signed(client, key)]);

    private string PublishKeys(ECDsaSecurityKey key)
    {
        var address = Documents.NewAddress();
        Documents.Publish(address, Keys(key), contentType: "application/jwk-set+json");
        return address;
    }

    private string PublishClient((string Name, JsonNode? Value) keys)
    {
        var address = Documents.NewAddress();
        Documents.Publish(address, WithKeys(address, keys));
        return address;
    }

    private static JsonObject WithKeys(string address, (string Name, JsonNode? Value) keys) =>
        Document(address, ("token_endpoint_auth_method", "private_key_jwt"), keys);

    private (string Name, string? Value)[] Signed(TestClient client, ECDsaSecurityKey key)
    {
        var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client.ClientId,
            Audience = AuthServerHost.Origin,
            Expires = host.Clock.GetUtcNow().AddMinutes(1).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = client.ClientId, ["jti"] = RandomNumberGenerator.GetHexString(32) },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
        return [("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion)];
    }

    private static ECDsaSecurityKey NewKey(string id) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };

    private static JsonObject Keys(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["kid"] = key.KeyId,
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
            }),
        };
    }
}
