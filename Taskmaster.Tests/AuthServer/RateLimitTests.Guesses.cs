using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Whose count a request is that does not prove who it is from.</summary>
public sealed partial class RateLimitTests
{
    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Neither_another_client_nor_somebody_elsewhere_who_claims_the_same_one_uses_up_a_clients_limit()
    {
        var (client, other) = (await host.NewClientAsync(), await host.NewClientAsync());
        var server = NewWindow(("RateLimits:token:Limit", "1"));

        (await TokenAsync(server, new TestClient(host, client.ClientId, "guessed", client.RedirectUri, client.Owner), "203.0.113.7"))
            .Is(HttpStatusCode.Unauthorized);
        (await TokenAsync(server, other)).Is(HttpStatusCode.OK);
        (await TokenAsync(server, client)).Is(HttpStatusCode.OK);
        (await TokenAsync(server, client)).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Made_up_clients_and_wrong_secrets_are_counted_by_address()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));

        await GuessAsync(server, client, 3, "203.0.113.8");

        var refused = (await TokenAsync(server, Guesser(client), "203.0.113.8")).Is(HttpStatusCode.TooManyRequests);
        Assert.Contains("\"unauthorized\"", Header(refused, "RateLimit"), StringComparison.Ordinal);
        (await TokenAsync(server, Guesser(client, "made-up-4"), "203.0.113.8")).Is(HttpStatusCode.TooManyRequests);
        (await TokenAsync(server, Guesser(client), "203.0.113.9")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Wrong_guesses_of_others_at_the_same_address_keep_no_client_out_that_has_what_it_takes()
    {
        var (known, fresh, native) = (await host.NewClientAsync(), await host.NewClientAsync(), await host.NewClientAsync(isPublic: true));
        var server = NewWindow(
            ("RateLimits:unauthorized:Limit", "3"), ("RateLimits:token:Limit", "20"), ("RateLimits:introspection:Limit", "20"));
        (await TokenAsync(server, known, "203.0.113.30")).Is(HttpStatusCode.OK);

        await GuessAsync(server, known, 3, "203.0.113.30");
        (await TokenAsync(server, Guesser(known), "203.0.113.30")).Is(HttpStatusCode.TooManyRequests);

        // One that the server has in memory, one that it has to look up, one without a secret, and in the form as well.
        (await TokenAsync(server, known, "203.0.113.30")).Is(HttpStatusCode.OK);
        (await TokenAsync(server, fresh, "203.0.113.30")).Is(HttpStatusCode.OK);
        (await PostAsync("/oauth2/token",
            ("grant_type", "authorization_code"), ("client_id", native.ClientId), ("code", "x"), ("redirect_uri", native.RedirectUri!)))
            .IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await PostAsync("/oauth2/introspect", ("token", "x"), ("client_id", fresh.ClientId), ("client_secret", fresh.Secret)))
            .Is(HttpStatusCode.OK);
        (await PostAsync("/oauth2/introspect", ("token", "x"), ("client_id", fresh.ClientId), ("client_secret", "guessed")))
            .Is(HttpStatusCode.TooManyRequests);
        (await PostAsync("/oauth2/introspect", ("token", "x"))).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> PostAsync(string path, params (string Name, string Value)[] form) =>
            host.NewUserAgent(server).SendAsync(From("203.0.113.30", new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            }));
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task An_assertion_that_its_clients_key_has_signed_is_told_from_the_guesses_at_its_address()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var clientId = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent(
                $$"""
                {"redirect_uris":["https://yourapp.com/"],"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[
                  {"kty":"EC","crv":"P-256","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"}
                ] } }
                """,
                System.Text.Encoding.UTF8,
                "application/json"),
        })).Is(HttpStatusCode.Created)["client_id"];
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));
        await GuessAsync(server, await host.NewClientAsync(), 3, "203.0.113.31");

        (await IntrospectAsync(key)).Is(HttpStatusCode.OK);
        (await IntrospectAsync(stranger)).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> IntrospectAsync(System.Security.Cryptography.ECDsa signer)
        {
            var assertion = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = clientId,
                Audience = AuthServerHost.Origin,
                Expires = host.Clock.GetUtcNow().UtcDateTime.AddMinutes(1),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = clientId,
                    ["jti"] = System.Security.Cryptography.RandomNumberGenerator.GetHexString(32)
                },
                SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(signer), SecurityAlgorithms.EcdsaSha256),
            });
            return host.NewUserAgent(server).SendAsync(From("203.0.113.31", new HttpRequestMessage(HttpMethod.Post, "/oauth2/introspect")
            {
                Content = new FormUrlEncodedContent(
                [
                    KeyValuePair.Create("token", "x"),
                    KeyValuePair.Create("client_assertion", assertion),
                    KeyValuePair.Create("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ]),
            }));
        }
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Assertions_that_cannot_be_read_are_counted_by_address()
    {
        var server = NewWindow(("RateLimits:token:Limit", "2"));

        (await TokenAsync()).Is(HttpStatusCode.BadRequest);
        (await TokenAsync()).Is(HttpStatusCode.BadRequest);
        (await TokenAsync()).Is(HttpStatusCode.TooManyRequests);

        Task<Answer> TokenAsync() =>
            host.NewUserAgent(server).SendAsync(From("203.0.113.35", new HttpRequestMessage(HttpMethod.Post, "/oauth2/token")
            {
                Content = new FormUrlEncodedContent(
                [
                    KeyValuePair.Create("grant_type", "client_credentials"),
                    KeyValuePair.Create("client_assertion", "e30.!.AAAA.AAAA.AAAA"),
                ]),
            }));
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task Made_up_clients_share_the_count_of_their_address_and_use_up_no_clients_own()
    {
        var client = await host.NewClientAsync();
        var server = NewWindow(("RateLimits:token:Limit", "3"));
        (await TokenAsync(server, client, "203.0.113.32")).Is(HttpStatusCode.OK);

        await GuessAsync(server, client, 3, "203.0.113.32");

        var refused = (await TokenAsync(server, Guesser(client, "made-up-4"), "203.0.113.32")).Is(HttpStatusCode.TooManyRequests);
        Assert.StartsWith("\"token\";r=0", Header(refused, "RateLimit"), StringComparison.Ordinal);
        Assert.StartsWith("\"token\";r=1",
            Header((await TokenAsync(server, client, "203.0.113.32")).Is(HttpStatusCode.OK), "RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task A_clients_first_request_uses_up_one_of_its_own_and_none_of_its_addresss()
    {
        var clients = new[] { await host.NewClientAsync(), await host.NewClientAsync(), await host.NewClientAsync() };
        var server = NewWindow(("RateLimits:token:Limit", "1"));

        foreach (var client in clients)
        {
            (await TokenAsync(server, client, "203.0.113.33")).Is(HttpStatusCode.OK);
            (await TokenAsync(server, client, "203.0.113.33")).Is(HttpStatusCode.TooManyRequests);
        }
    }

    [Fact]
    [Trait("Behaviour", "45")]
    public async Task What_is_guessed_at_the_token_endpoint_is_not_held_against_who_has_a_token()
    {
        var server = NewWindow(("RateLimits:unauthorized:Limit", "3"));
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var token = (await client.RedeemAsync(await client.CodeAsync(alice))).Is(HttpStatusCode.OK)["access_token"];
        await GuessAsync(server, client, 3, "203.0.113.34");

        var request = From("203.0.113.34", new HttpRequestMessage(HttpMethod.Get, "/oauth2/userinfo"));
        request.Headers.Authorization = new("Bearer", token);
        (await host.NewUserAgent(server).SendAsync(request)).Is(HttpStatusCode.OK);
    }

    private TestClient Guesser(TestClient client, string? id = null) =>
        new(host, id ?? client.ClientId, "guessed", client.RedirectUri, client.Owner);

    private async Task GuessAsync(AuthServerHost.Replica server, TestClient client, int times, string address)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            (await TokenAsync(server, Guesser(client, $"made-up-{attempt}"), address)).Is(HttpStatusCode.Unauthorized);
        }
    }
}
