using System.Net;

namespace Taskmaster.Tests.AuthServer;

public abstract class RevocationTests(AuthServerHost host)
{
    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Introspection_tells_the_tokens_own_client_about_it_and_nobody_else()
    {
        var client = await host.NewClientAsync();
        var mallory = await host.NewClientAsync("Mallory");
        var token = (await client.ClientCredentialsAsync(("scope", "tasks:read"))).Is(HttpStatusCode.OK)["access_token"];

        var own = (await client.IntrospectAsync(token)).Is(HttpStatusCode.OK);
        var foreign = (await mallory.IntrospectAsync(token)).Is(HttpStatusCode.OK);
        var unknown = (await client.IntrospectAsync("made-up")).Is(HttpStatusCode.OK);

        Assert.True((bool)own.Json["active"]!);
        Assert.Equal("tasks:read", own["scope"]);
        Assert.Equal(client.ClientId, own["client_id"]);
        Assert.Equal(AuthServerHost.Origin, own["iss"]);
        Assert.All([foreign, unknown], answer =>
        {
            Assert.Equal("active", Assert.Single(answer.Json).Key);
            Assert.False((bool)answer.Json["active"]!);
        });
    }

    /// <summary>RFC 7662 §2.2: what is no access or refresh token is not active, to its own client as well.</summary>
    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Introspection_of_an_id_token_or_a_code_says_inactive_and_leaves_the_code_good()
    {
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        var code = await client.CodeAsync(alice, ("scope", "openid offline_access"));

        foreach (var other in new[] { tokens["id_token"], code })
        {
            foreach (var hint in new[] { null, "access_token", "id_token" })
            {
                var answer = (await client.PostAsync("/oauth2/introspect", ("token", other), ("token_type_hint", hint)))
                    .Is(HttpStatusCode.OK);
                Assert.Equal("""{"active":false}""", answer.Json.ToJsonString());
            }
        }

        Assert.True(await client.IsActiveAsync(tokens["access_token"]));
        Assert.True(await client.IsActiveAsync(tokens["refresh_token"]));
        (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Introspection_and_revocation_need_client_authentication()
    {
        foreach (var path in new[] { "/oauth2/introspect", "/oauth2/revoke" })
        {
            var request = new HttpRequestMessage(
                HttpMethod.Post, path)
            { Content = new FormUrlEncodedContent([KeyValuePair.Create("token", "made-up")]) };
            (await host.NewUserAgent().SendAsync(request))
                .IsError(HttpStatusCode.BadRequest, "invalid_request", "Client authentication required");
        }
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Revoking_ends_an_own_token_and_has_no_effect_on_anothers_or_an_unknown_one()
    {
        var client = await host.NewClientAsync();
        var mallory = await host.NewClientAsync("Mallory");
        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];

        (await client.RevokeAsync("made-up")).Is(HttpStatusCode.OK);
        await mallory.RevokeAsync(token);
        Assert.True(await client.IsActiveAsync(token));

        (await client.RevokeAsync(token)).Is(HttpStatusCode.OK);
        Assert.False(await client.IsActiveAsync(token));
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Of_an_expired_or_revoked_token_nothing_is_said_but_that_it_is_not_active()
    {
        var client = await host.NewClientAsync();
        var expired = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        Assert.True(await client.IsActiveAsync(expired));

        host.Clock.Advance(TimeSpan.FromSeconds(3601));
        var revoked = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        Assert.True(await client.IsActiveAsync(revoked));
        (await client.RevokeAsync(revoked)).Is(HttpStatusCode.OK);

        foreach (var token in new[] { expired, revoked })
        {
            Assert.Equal("{\"active\":false}", (await client.IntrospectAsync(token)).Is(HttpStatusCode.OK).Json.ToJsonString());
        }
    }
}
