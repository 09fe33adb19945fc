using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public abstract class IdTokenTests(AuthServerHost host)
{
    [Theory]
    [Trait("Behaviour", "43")]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task An_id_token_is_signed_by_a_key_of_the_JWKS_and_says_who_for_whom_when_and_in_answer_to_what(string algorithm)
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync(idTokens: algorithm);
        var signedInAt = host.Clock.GetUtcNow();
        var alice = await host.NewUserAgent().SignInAsync(user);
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        var answer = (await client.RedeemAsync(await client.CodeAsync(alice, ("nonce", "n-0S6_WzA2Mj")))).Is(HttpStatusCode.OK);

        var token = IdToken.Read(answer["id_token"]);
        Assert.Equal(algorithm, (string?)token.Header["alg"]);
        Assert.True(await IsSignedByJwksAsync(token));

        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(AuthServerHost.Origin, (string?)token.Claims["iss"]);
        Assert.Equal(client.ClientId, (string?)token.Claims["aud"]);
        Assert.Equal(user.Id.ToString("D"), (string?)token.Claims["sub"]);
        Assert.Equal("n-0S6_WzA2Mj", (string?)token.Claims["nonce"]);
        Assert.Equal(signedInAt.ToUnixTimeSeconds(), (long)token.Claims["auth_time"]!);
        Assert.Equal(now, (long)token.Claims["iat"]!);
        Assert.Equal(now + 3600, (long)token.Claims["exp"]!);
        Assert.Equal(
            Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(answer["access_token"]))[..16]),
            (string?)token.Claims["at_hash"]);
    }

    [Fact]
    public async Task Name_and_address_are_there_when_their_scopes_were_allowed()
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);

        var bare = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid")))).Is(HttpStatusCode.OK);
        var full = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid profile email")))).Is(HttpStatusCode.OK);

        foreach (var claims in new[] { IdToken.Read(bare["id_token"]).Claims, (await UserInfoAsync(bare["access_token"]))
            .Is(HttpStatusCode.OK).Json })
        {
            Assert.Equal(user.Id.ToString("D"), (string?)claims["sub"]);
            Assert.Null(claims["name"]);
            Assert.Null(claims["email"]);
        }

        foreach (var claims in new[] { IdToken.Read(full["id_token"]).Claims, (await UserInfoAsync(full["access_token"]))
            .Is(HttpStatusCode.OK).Json })
        {
            Assert.Equal(user.Name, (string?)claims["name"]);
            Assert.Equal(user.Email, (string?)claims["email"]);
            Assert.False((bool)claims["email_verified"]!);
        }
    }

    [Fact]
    public async Task UserInfo_needs_a_token_that_was_issued_for_openid()
    {
        var client = await host.NewClientAsync();
        var serviceToken = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        (await UserInfoAsync(serviceToken["access_token"])).Is(HttpStatusCode.Forbidden);
        var refused = (await UserInfoAsync("made-up")).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", Assert.Single(refused.Message.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    [Trait("Behaviour", "43")]
    public async Task A_forged_id_token_is_no_hint_for_signing_out()
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        var genuine = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["id_token"];
        var payload = genuine.Split('.')[1];
        var key = await host.NewUserAgent().GetAsync("/oauth2/jwks");
        var unsigned = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""") + "." + payload + ".";
        var signed = Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + payload;
        var hmac = signed
            + "."
            + Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Body), Encoding.ASCII.GetBytes(signed)));

        foreach (var forged in new[] { unsigned, hmac, genuine[..^4] + "AAAA" })
        {
            var asked = (await alice.GetAsync("/oauth2/logout?id_token_hint=" + forged)).Is(HttpStatusCode.Redirect);
            Assert.StartsWith("/sign-out", asked.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.NotNull((await alice.GetAsync(client.AuthorizeUrl())).Query["code"]);
        (await alice.GetAsync("/oauth2/logout?id_token_hint=" + genuine)).Is(HttpStatusCode.Redirect);
        Assert.StartsWith("/sign-in", (await alice.GetAsync(client.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);
    }

    private Task<Answer> UserInfoAsync(string accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo");
        request.Headers.Authorization = new("Bearer", accessToken);
        return host.NewUserAgent().SendAsync(request);
    }

    private async Task<bool> IsSignedByJwksAsync(IdToken token)
    {
        var jwks = (await host.NewUserAgent().GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK).Json;
        var key = Assert.Single(
            jwks["keys"]!.AsArray(), (JsonNode? candidate) => (string?)candidate!["kid"] == (string?)token.Header["kid"])!;
        Assert.Null(key["d"]);
        if ((string?)key["kty"] is "EC")
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64UrlEncoder.DecodeBytes((string?)key["x"]), Y = Base64UrlEncoder.DecodeBytes((string?)key["y"]) },
            });
            return ecdsa.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256);
        }

        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Base64UrlEncoder.DecodeBytes((string?)key["n"]),
            Exponent = Base64UrlEncoder.DecodeBytes((string?)key["e"]),
        });
        Assert.True(rsa.KeySize >= 2048);
        return rsa.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
