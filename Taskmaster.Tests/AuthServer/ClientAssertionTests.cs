using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary><c>private_key_jwt</c> (RFC 7523 §2.2, OpenID Connect Core §9).</summary>
public sealed class ClientAssertionTests(AuthServerHost host) : IClassFixture<AuthServerHost>, IDisposable
{
    /// <summary>A JWE whose encrypted key is not in base64url (RFC 7516 §3.1).</summary>
    private const string EncryptedWithNoKey = "e30.!.AAAA.AAAA.AAAA";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Fact]
    public async Task A_signed_assertion_is_as_good_as_a_secret_at_every_endpoint()
    {
        var clientId = await RegisterAsync();

        foreach (var key in new SecurityKey[] { new RsaSecurityKey(_rsa), new ECDsaSecurityKey(_ec) })
        {
            foreach (var path in new[] { "/oauth2/introspect", "/oauth2/revoke" })
            {
                (await SendAsync(path, Assertion(clientId, key: key), ("token", "x"))).Is(HttpStatusCode.OK);
            }

            (await SendAsync("/oauth2/par", Assertion(clientId, key: key),
                ("client_id", clientId), ("response_type", "code"), ("redirect_uri", "https://yourapp.com/"))).Is(HttpStatusCode.Created);
            (await SendAsync("/oauth2/token", Assertion(clientId, key: key),
                ("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", "https://yourapp.com/")))
                .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        }
    }

    [Fact]
    public async Task An_assertion_is_good_once()
    {
        var clientId = await RegisterAsync();
        var assertion = Assertion(clientId);

        (await SendAsync("/oauth2/introspect", assertion, ("token", "x"))).Is(HttpStatusCode.OK);

        (await SendAsync("/oauth2/introspect", assertion, ("token", "x")))
            .IsError(HttpStatusCode.Unauthorized, "invalid_client", "Invalid client assertion");
    }

    [Fact]
    [Trait("Behaviour", "23")]
    public async Task A_wrong_assertion_is_refused()
    {
        var (clientId, other) = (await RegisterAsync(), await RegisterAsync());
        using var stranger = RSA.Create(2048);
        var publicKey = Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

        string[] wrong =
        [
            Assertion(clientId, key: new RsaSecurityKey(stranger)),
            Assertion(clientId, audience: "https://evil.example"),
            Assertion(clientId, lifetime: TimeSpan.FromMinutes(-30)),
            Assertion(clientId, lifetime: TimeSpan.FromHours(2)),
            Assertion(clientId, subject: other),
            Assertion(clientId, id: null),
            Assertion(clientId, key: new SymmetricSecurityKey(publicKey), algorithm: SecurityAlgorithms.HmacSha256),
            Unsigned(clientId),
            Assertion(clientId, type: "at+jwt"),
            Assertion(clientId, internals: true),
            Assertion(clientId, notBefore: TimeSpan.FromMinutes(5)),
            "x.y.z",
            "x",
            EncryptedWithNoKey,
        ];

        foreach (var assertion in wrong)
        {
            var answer = await SendAsync("/oauth2/introspect", assertion, ("token", "x"));
            Assert.True(answer.Status is HttpStatusCode.Unauthorized, $"{answer.Status} {answer.Body} for {assertion}");
            Assert.Equal("invalid_client", answer["error"]);
        }
    }

    [Fact]
    public async Task An_assertion_that_cannot_be_read_is_a_clients_mistake_at_every_endpoint()
    {
        foreach (var path in new[] { "/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/par" })
        {
            var signed = await SendAsync(path, "x.y.z", ("grant_type", "client_credentials"), ("token", "x"));
            var encrypted = await SendAsync(path, EncryptedWithNoKey, ("grant_type", "client_credentials"), ("token", "x"));

            Assert.InRange((int)signed.Status, 400, 401);
            Assert.Equal((signed.Status, signed.Body), (encrypted.Status, encrypted.Body));
        }
    }

    [Fact]
    [Trait("Behaviour", "55")]
    public async Task An_assertion_may_begin_now_or_on_a_clock_that_is_a_minute_ahead()
    {
        var clientId = await RegisterAsync();

        foreach (var notBefore in new[] { TimeSpan.FromMinutes(-5), TimeSpan.Zero, TimeSpan.FromSeconds(60) })
        {
            (await SendAsync("/oauth2/introspect",
                Assertion(clientId, lifetime: TimeSpan.FromMinutes(10), notBefore: notBefore), ("token", "x"))).Is(HttpStatusCode.OK);
        }
    }

    /// <summary>RFC 7518 §6.2, §6.3, FIPS 186-5 §5.1.</summary>
    [Fact]
    public async Task A_key_that_gives_itself_away_or_is_weak_is_not_registered()
    {
        var rsa = _rsa.ExportParameters(includePrivateParameters: true);
        var (n, e, d, p) = (Text(rsa.Modulus), Text(rsa.Exponent), Text(rsa.D), Text(rsa.P));
        var ec = _ec.ExportParameters(includePrivateParameters: true);
        var (x, y) = (Text(ec.Q.X), Text(ec.Q.Y));
        using var small = RSA.Create(1024);
        var padded = Text([.. new byte[128], .. small.ExportParameters(includePrivateParameters: false).Modulus!]);
        var even = Text([.. rsa.Modulus![..^1], 0]);
        string Rsa(string modulus, string exponent, string more = "") =>
            $$"""{"kty":"RSA","n":"{{modulus}}","e":"{{exponent}}"{{more}}}""";
        string Ec(string first, string second, string more = "") =>
            $$"""{"kty":"EC","crv":"P-256","x":"{{first}}","y":"{{second}}"{{more}}}""";

        (string Keys, string Problem)[] wrong =
        [
            (Rsa(n, e, $$""","d":"{{d}}" """), "public keys only"),
            (Rsa(n, e, $$""","p":"{{p}}" """), "public keys only"),
            (Rsa(n, e, ""","oth":["AQ"]"""), "public keys only"),
            (Rsa(n, e, ""","oth":[{"r":"AQ","d":"AQ","t":"AQ"}]"""), "not a JWK Set"),
            (Ec(x, y, $$""","d":"{{Text(ec.D)}}" """), "public keys only"),
            (Ec(x, y, ""","k":"c2VjcmV0" """), "public keys only"),
            (Rsa(n, "AQ"), "exponent"),
            (Rsa(n, "Aw"), "exponent"),
            (Rsa(n, "AQAA"), "exponent"),
            (Rsa(n, Text([1, .. new byte[8], 1])), "exponent"),
            (Rsa(padded, e), "2048 bits or more"),
            (Rsa(even, e), "modulus"),
            (Rsa(Text([.. Enumerable.Repeat((byte)0xFF, 1025)]), e), "8192 bits or less"),
            (Ec(y, x), "no point of its curve"),
            (Ec(x, Text(ec.Q.Y![1..])), "no point of its curve"),
            ($"{Ec(x, y)},{Rsa(n, "Aw")}", "exponent"),
        ];

        foreach (var (keys, problem) in wrong)
        {
            var answer = (await RegisterAsync(keys)).Is(HttpStatusCode.BadRequest);
            Assert.Equal("invalid_client_metadata", answer["error"]);
            Assert.Contains(problem, answer["error_description"], StringComparison.Ordinal);
        }

        (await RegisterAsync($"{Ec(x, y)},{Rsa(n, e)}")).Is(HttpStatusCode.Created);

        static string Text(byte[]? bytes) => Base64UrlEncoder.Encode(bytes);
    }

    [Fact]
    [Trait("Behaviour", "24")]
    public async Task An_assertion_beside_a_secret_is_two_methods_and_without_its_type_none()
    {
        var clientId = await RegisterAsync();

        (await SendAsync("/oauth2/introspect", Assertion(clientId), ("token", "x"), ("client_id", clientId), ("client_secret", "x")))
            .IsError(HttpStatusCode.BadRequest, "invalid_request", "More than one client authentication method");
        (await SendAsync("/oauth2/introspect", Assertion(clientId), ("token", "x"), ("client_assertion_type", null)))
            .Is(HttpStatusCode.BadRequest);
        var secret = await host.NewClientAsync();
        (await SendAsync("/oauth2/introspect", Assertion(secret.ClientId), ("token", "x"))).Is(HttpStatusCode.Unauthorized);
    }

    private async Task<string> RegisterAsync()
    {
        var rsa = JsonWebKeyConverter.ConvertFromRSASecurityKey(
            new RsaSecurityKey(_rsa.ExportParameters(includePrivateParameters: false)));
        var ec = _ec.ExportParameters(includePrivateParameters: false);
        var registered = (await RegisterAsync($$"""
            {"kty":"RSA","n":"{{rsa.N}}","e":"{{rsa.E}}"},
            {"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(ec.Q.X)}}","y":"{{Base64UrlEncoder.Encode(ec.Q.Y)}}"}
            """)).Is(HttpStatusCode.Created);
        Assert.Null(registered.Json["client_secret"]);
        Assert.Equal(2, registered.Json["jwks"]!["keys"]!.AsArray().Count);
        return registered["client_id"];
    }

    private Task<Answer> RegisterAsync(string keys) =>
        host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
            $$"""{"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{{keys}}] } }""",
            Encoding.UTF8, "application/json"),
        });

    private string Assertion(
        string clientId, SecurityKey? key = null, string audience = AuthServerHost.Origin, TimeSpan? lifetime = null, string? subject =
            null, string? id = "new", string? algorithm = null, string? type = null, bool internals = false, TimeSpan? notBefore = null)
    {
        key ??= new RsaSecurityKey(_rsa);
        var now = host.Clock.GetUtcNow().UtcDateTime;
        var expires = now + (lifetime ?? TimeSpan.FromMinutes(1));
        var claims = new Dictionary<string, object> { ["sub"] = subject ?? clientId };
        if (internals)
        {
            claims["oi_tkn_id"] = "x";
            claims["oi_exp_dt"] = "Tue, 01 Jan 2030 00:00:00 GMT";
        }

        if (id is not null)
        {
            claims["jti"] = id == "new" ? RandomNumberGenerator.GetHexString(32) : id;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            Audience = audience,
            Expires = expires,
            NotBefore = now + notBefore,
            TokenType = type,
            Claims = claims,
            SigningCredentials = new SigningCredentials(
                key, algorithm ?? (key is ECDsaSecurityKey ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSha256)),
        });
    }

    private string Unsigned(string clientId)
    {
        var claims = new System.Text.Json.Nodes.JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = AuthServerHost.Origin,
            ["exp"] = host.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds(),
            ["jti"] = "1",
        };
        return Base64UrlEncoder.Encode("""{"alg":"none"}""") + "." + Base64UrlEncoder.Encode(claims.ToJsonString()) + ".";
    }

    private Task<Answer> SendAsync(string path, string assertion, params (string Name, string? Value)[] parameters)
    {
        var form = new Dictionary<string, string?>
        {
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        };
        foreach (var (name, value) in parameters)
        {
            form[name] = value;
        }

        return host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                form.Where(entry => entry.Value is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!))),
        });
    }
}
