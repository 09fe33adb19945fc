using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.TokenStore.Conformance.Store;

namespace Taskmaster.Tests.AuthServer.ShortPath;

/// <summary>One server with two replicas, one with the short path and one without: only the tokens that they make may differ.</summary>
[Collection(nameof(WithShortPath))]
public sealed class ShortPathTests(AuthServerHost host)
{
    [Fact]
    public async Task Every_request_is_answered_the_same_with_and_without_it()
    {
        using var replicas = new TwoReplicas(host);
        var client = await host.NewClientAsync();
        var words = await WordsAsync(client);
        await replicas.KnowAsync(client);

        foreach (var request in ShortPathRequest.All)
        {
            _ = await replicas.AssertSameAsync(request, () => Task.FromResult(words));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("tasks:read")]
    [InlineData("tasks:read tasks:write")]
    public async Task It_writes_the_entry_that_the_pipeline_writes(string? scope)
    {
        using var replicas = new TwoReplicas(host);
        var client = await host.NewClientAsync();
        var words = new Dictionary<string, string> { ["id"] = client.ClientId, ["secret"] = client.Secret };
        var request = new ShortPathRequest("client credentials", "/oauth2/token", "Basic {id}:{secret}", "grant_type=client_credentials"
            + (scope is null ? "" : $"&scope={scope}"), true);
        await replicas.KnowAsync(client);

        var answers = await replicas.AssertSameAsync(request, () => Task.FromResult(words));

        var (token, pipelines) = (answers.With["access_token"], answers.Without["access_token"]);
        var entry = await replicas.EntryAsync(token);
        Assert.Contains(client.ClientId, entry, StringComparison.Ordinal);
        Assert.Equal(await replicas.EntryAsync(pipelines), entry);

        // As OpenIddict reads them.
        var introspection = ShortPathRequest.All.Single(request => request.Name == "introspection");
        words["token"] = token;
        var introspected = (await TwoReplicas.SendAsync(replicas.Without, introspection, words)).Is(HttpStatusCode.OK).Body;
        words["token"] = pipelines;
        Assert.Equal((await TwoReplicas.SendAsync(replicas.Without, introspection, words)).Is(HttpStatusCode.OK).Body, introspected);
    }

    [Fact]
    public async Task It_answers_all_but_the_first_request_of_a_client_and_in_one_round_trip_each()
    {
        var client = await host.NewClientAsync();
        using var answers = new ShortPathAnswers(host.Services.GetRequiredService<IMeterFactory>());
        using var trips = new RoundTrips(host.Services.GetRequiredService<IMeterFactory>());
        _ = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        Assert.Equal((0, 1), answers.Take());
        _ = trips.Take();

        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        Assert.Equal("issue", trips.Take());
        Assert.True(await client.IsActiveAsync(token));
        Assert.Equal("find", trips.Take());

        Assert.Equal((2, 0), answers.Take());
    }

    private async Task<Dictionary<string, string>> WordsAsync(TestClient client)
    {
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var signedIn = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid profile offline_access"))))
            .Is(HttpStatusCode.OK);
        var revoked = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];
        _ = (await client.RevokeAsync(revoked)).Is(HttpStatusCode.OK);

        return new()
        {
            ["id"] = client.ClientId,
            ["secret"] = client.Secret,
            ["token"] = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"],
            ["scoped"] = (await client.ClientCredentialsAsync(("scope", "tasks:read tasks:write"))).Is(HttpStatusCode.OK)["access_token"],
            ["users"] = signedIn["access_token"],
            ["refresh"] = signedIn["refresh_token"],
            ["id_token"] = signedIn["id_token"],
            ["code"] = await client.CodeAsync(alice),
            ["revoked"] = revoked,
            ["foreign"] = (await (await host.NewClientAsync("Mallory")).ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"],
        };
    }
}
