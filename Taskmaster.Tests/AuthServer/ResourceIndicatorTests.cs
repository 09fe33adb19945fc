using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Taskmaster.Tests.Fixtures;
using Taskmaster.TokenStore.Fast;

namespace Taskmaster.Tests.AuthServer;

/// <summary>RFC 8707.</summary>
public sealed class ResourceIndicatorTests(TwoResourcesHost host) : IClassFixture<TwoResourcesHost>
{
    private const string Api = TwoResourcesHost.Api;
    private const string Other = TwoResourcesHost.Other;
    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    public static TheoryData<string, string> BadResources => new()
    {
        { "/api", "A resource must be an absolute URI without a fragment" },
        { "api", "A resource must be an absolute URI without a fragment" },
        { "http://", "A resource must be an absolute URI without a fragment" },
        { Api + "#tasks", "A resource must be an absolute URI without a fragment" },
        { Api + "#", "A resource must be an absolute URI without a fragment" },
        { Api + "/", "Unknown resource" },
        { Api + "?", "Unknown resource" },
        { "HTTP://TASKMASTER.TEST/api", "Unknown resource" },
        { AuthServerHost.Origin, "Unknown resource" },
        { AuthServerHost.Origin + "/oauth2", "Unknown resource" },
        { "https://elsewhere.example/api", "Unknown resource" },
        { "urn:taskmaster", "Unknown resource" },
    };

    [Theory]
    [MemberData(nameof(BadResources))]
    public async Task A_resource_that_is_none_of_ours_is_an_invalid_target_at_every_endpoint(string resource, string description)
    {
        var (client, alice) = await SignedInAsync();
        var device = await host.NewClientAsync(isPublic: true);
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);

        var authorize = (await alice.GetAsync(client.AuthorizeUrl(("resource", resource), ("state", "xyz")))).Is(HttpStatusCode.Redirect);
        Assert.StartsWith(client.RedirectUri + "?", authorize.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(("invalid_target", description, "xyz"), (
            authorize.Query["error"], authorize.Query["error_description"], authorize.Query["state"]));

        foreach (var answer in new[]
        {
            await PushAsync(client, resource),
            await device.PostAsync("/oauth2/device", ("resource", resource)),
            await client.ClientCredentialsAsync(("resource", resource)),
            await client.RedeemAsync(await client.CodeAsync(alice), ("resource", resource)),
            await client.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", bought["refresh_token"]), ("resource", resource)),
        })
        {
            answer.IsError(HttpStatusCode.BadRequest, "invalid_target", description);
        }

        // One good one does not make up for it.
        Assert.Equal("invalid_target", (await alice.GetAsync(
            client.AuthorizeUrl(("resource", Api)) + "&resource=" + Uri.EscapeDataString(resource))).Query["error"]);
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task Without_a_resource_every_token_is_for_the_API()
    {
        var (client, alice) = await SignedInAsync();
        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);

        Assert.Equal([Api], await AudiencesAsync(bought));
        Assert.Equal([Api], await AudiencesAsync(await RefreshAsync(client, bought)));
        Assert.Equal([Api], await AudiencesAsync(await client.ClientCredentialsAsync()));
        Assert.Equal([Api], await AudiencesAsync(await client.ClientCredentialsAsync(("resource", ""))));
        Assert.Equal([Api], await AudiencesAsync(await DeviceAsync(await host.NewClientAsync(isPublic: true), alice)));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_code_and_what_it_buys_are_bound_to_its_resource()
    {
        var (client, alice) = await SignedInAsync();

        var bought = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access"), ("resource", Other))))
            .Is(HttpStatusCode.OK);
        Assert.Equal([Other], await AudiencesAsync(bought));

        var refreshed = await RefreshAsync(client, bought, Other);
        Assert.Equal([Other], await AudiencesAsync(refreshed));
        (await RefreshAsync(client, refreshed, Api)).IsError(HttpStatusCode.BadRequest, "invalid_target", "The resource was not granted");
        (await RefreshAsync(client, refreshed, Other, Api))
            .IsError(HttpStatusCode.BadRequest, "invalid_target", "The resource was not granted");
        Assert.Equal([Other], await AudiencesAsync(await RefreshAsync(client, refreshed)));

        (await client.RedeemAsync(await client.CodeAsync(alice, ("resource", Other)), ("resource", Api)))
            .IsError(HttpStatusCode.BadRequest, "invalid_target", "The resource was not granted");
        (await client.RedeemAsync(await client.CodeAsync(alice), ("resource", Other)))
            .IsError(HttpStatusCode.BadRequest, "invalid_target", "The resource was not granted");
    }

    [Fact]
    public async Task Two_resources_can_be_narrowed_to_one_for_one_token()
    {
        var (client, alice) = await SignedInAsync();
        var url = client.AuthorizeUrl(("scope", "openid offline_access"), ("resource", Api)) + "&resource=" + Uri.EscapeDataString(Other);

        var redeemed = (await client.RedeemAsync((await alice.AllowAsync(url)).Query["code"]!, ("resource", Other))).Is(HttpStatusCode.OK);

        Assert.Equal([Other], await AudiencesAsync(redeemed));
        var both = await RefreshAsync(client, redeemed);
        Assert.Equal([Api, Other], await AudiencesAsync(both));
        var one = await RefreshAsync(client, both, Api);
        Assert.Equal([Api], await AudiencesAsync(one));
        Assert.Equal([Api, Other], await AudiencesAsync(await RefreshAsync(client, one, Other, Api, Api)));
    }

    [Fact]
    public async Task Two_resources_survive_signing_in_and_consent()
    {
        var client = await host.NewClientAsync();
        var user = await host.NewUserAsync();
        var browser = host.NewUserAgent();
        var url = client.AuthorizeUrl(("resource", Other)) + "&resource=" + Uri.EscapeDataString(Api);

        var signIn = (await browser.GetAsync(url)).Is(HttpStatusCode.Redirect).Location!.OriginalString;
        var signedIn = await browser.SubmitAsync(signIn, ("Email", user.Email), ("Password", user.Password));
        var answer = await browser.AllowAsync(signedIn.Location!.OriginalString);

        Assert.Equal([Api, Other], await AudiencesAsync(await client.RedeemAsync(answer.Query["code"]!)));
    }

    [Fact]
    public async Task A_pushed_request_keeps_its_resource()
    {
        var (client, alice) = await SignedInAsync();
        foreach (var resources in new string[][] { [Other], [Api, Other] })
        {
            var pushed = (await PushAsync(client, resources)).Is(HttpStatusCode.Created);

            var answer = await alice.AllowAsync(
                $"/oauth2/authorize?client_id={client.ClientId}&request_uri={Uri.EscapeDataString(pushed["request_uri"])}");

            Assert.Equal(resources, await AudiencesAsync(await client.RedeemAsync(answer.Query["code"]!)));
        }
    }

    [Fact]
    public async Task A_devices_code_keeps_its_resource()
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var device = await host.NewClientAsync(isPublic: true);

        Assert.Equal([Other], await AudiencesAsync(await DeviceAsync(device, alice, resource: Other)));
        Assert.Equal([Other], await AudiencesAsync(await DeviceAsync(device, alice, resource: Other, redeemedFor: Other)));
        (await DeviceAsync(device, alice, resource: Other, redeemedFor: Api))
            .IsError(HttpStatusCode.BadRequest, "invalid_target", "The resource was not granted");
    }

    [Fact]
    public async Task Client_credentials_are_for_the_resource_they_name()
    {
        var client = await host.NewClientAsync();

        Assert.Equal([Other], await AudiencesAsync(await client.ClientCredentialsAsync(("resource", Other))));
        Assert.Equal(
            [Api, Other],
            await AudiencesAsync(await PostAsync(client, "/oauth2/token", [("grant_type", "client_credentials")], Api, Other)));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_token_of_Taskmasters_own_client_can_be_narrowed_to_the_API_and_then_manages_nothing()
    {
        var user = await host.NewUserAsync();
        var browser = await host.NewUserAgent().SignInAsync(user);
        var web = new TestClient(host, "taskmaster-web", AuthServerHost.WebSecret, AuthServerHost.Origin + "/signin-oidc", user);
        var code = await web.CodeAsync(
            browser, ("scope", "openid clients:manage tasks:read"), ("resource", Api),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"));
        var bought = (await web.RedeemAsync(code, ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))).Is(HttpStatusCode.OK);

        var request = new HttpRequestMessage(HttpMethod.Get, "/clients");
        request.Headers.Authorization = new("Bearer", bought["access_token"]);

        (await host.NewUserAgent().SendAsync(request)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Behaviour", "41")]
    public async Task The_metadata_list_the_resources()
    {
        var metadata = (await host.NewUserAgent().GetAsync("/.well-known/oauth-authorization-server")).Is(HttpStatusCode.OK).Json;

        Assert.Equal([Api, Other], metadata["protected_resources"]!.AsArray().Select(resource => (string?)resource));
    }

    private async Task<(TestClient Client, UserAgent Alice)> SignedInAsync() =>
        (await host.NewClientAsync(), await host.NewUserAgent().SignInAsync(await host.NewUserAsync()));

    private static Task<Answer> PushAsync(TestClient client, params string[] resources) => PostAsync(
        client, "/oauth2/par",
        [("client_id", client.ClientId), ("response_type", "code"), ("redirect_uri", client.RedirectUri!), ("scope", "openid")], resources);

    private static Task<Answer> RefreshAsync(TestClient client, Answer tokens, params string[] resources) => PostAsync(
        client, "/oauth2/token", [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"])], resources);

    private static async Task<Answer> DeviceAsync(TestClient device, UserAgent user, string? resource = null, string? redeemedFor = null)
    {
        var started = (await device.PostAsync("/oauth2/device", ("scope", "openid"), ("resource", resource))).Is(HttpStatusCode.OK);
        _ = (await user.SubmitAsync(started["verification_uri_complete"], ("choice", "allow"))).Is(HttpStatusCode.Redirect);
        return await device.TokenAsync(("grant_type", DeviceCode), ("device_code", started["device_code"]), ("resource", redeemedFor));
    }

    /// <summary>A form in which <c>resource</c> is as often as there are resources.</summary>
    private static Task<Answer> PostAsync(
        TestClient client, string path, (string Name, string Value)[] parameters, params string[] resources) =>
        client.PostFormAsync(path, [.. parameters.Select(parameter => KeyValuePair.Create(
            parameter.Name, parameter.Value)), .. resources.Select(resource => KeyValuePair.Create("resource", resource))]);

    private async Task<string[]> AudiencesAsync(Answer answer)
    {
        var found = await host.Services.GetRequiredService<AccessTokens>().FindLiveAsync(answer.Is(HttpStatusCode.OK)["access_token"]);
        return [.. found!.Value.Principal.GetAudiences().Order(StringComparer.Ordinal)];
    }
}
