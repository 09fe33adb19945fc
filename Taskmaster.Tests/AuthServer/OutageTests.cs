using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Clients;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.AuthServer;

public sealed class OutageTests
{
    private static readonly (string Name, string? Value) Offline = ("scope", "openid offline_access");

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task Without_Redis_every_endpoint_that_needs_it_says_try_again_and_never_that_a_token_is_bad()
    {
        var host = new AuthServerHost();
        await host.InitializeAsync();
        await using var disposal = new Disposal(host.DisposeAsync);
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var code = await client.CodeAsync(alice);
        var token = (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK)["access_token"];

        await host.Redis.KillAsync();

        foreach (var answer in new[]
        {
            await client.ClientCredentialsAsync(), await client.RedeemAsync(code),
            await client.RefreshAsync("L4hk-yre7cjNUO7UNlWffwJjo1Qv6zEzCK9o5r9fvF8"),
            await client.IntrospectAsync(token), await client.RevokeAsync(token),
            await alice.GetAsync(client.AuthorizeUrl(), accept: "*/*"),
        })
        {
            IsUnavailable(answer);
        }

        var page = (await alice.GetAsync(client.AuthorizeUrl())).Is(HttpStatusCode.ServiceUnavailable);
        Assert.Contains("not available right now", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Postgres_signing_in_and_registering_wait_and_known_clients_go_on()
    {
        await using var postgres = new PostgresProcess();
        await postgres.StartAsync();
        var host = new AuthServerHost(await postgres.NewDatabaseAsync());
        await host.InitializeAsync();
        await using var disposal = new Disposal(host.DisposeAsync);
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        await postgres.KillAsync();

        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        IsUnavailable(await alice.GetAsync(client.AuthorizeUrl(), accept: "*/*"));
        var unknown = new TestClient(host, "nobody", "nothing", client.RedirectUri, client.Owner);
        IsUnavailable(await unknown.ClientCredentialsAsync());
    }

    [Fact]
    [Trait("Behaviour", "49")]
    public async Task When_Redis_came_back_empty_users_clients_and_consents_are_there_and_old_codes_and_tokens_are_not()
    {
        var host = new AuthServerHost();
        await host.InitializeAsync();
        await using var disposal = new Disposal(host.DisposeAsync);
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());
        var tokens = (await client.RedeemAsync(await client.CodeAsync(alice, Offline))).Is(HttpStatusCode.OK);
        var code = (await alice.GetAsync(client.AuthorizeUrl(Offline))).Query["code"]!;

        await using (var redis = await TokenRedis.ConnectAsync(TokenRedis.Configure([host.Redis.Address])))
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        (await client.RedeemAsync(code)).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid authorization code");
        (await client.RefreshAsync(tokens["refresh_token"])).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        Assert.False(await client.IsActiveAsync(tokens["access_token"]));

        // Signed in as before, and not asked again.
        var answer = (await alice.GetAsync(client.AuthorizeUrl(Offline))).Is(HttpStatusCode.Redirect);
        (await client.RedeemAsync(answer.Query["code"]!)).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task A_client_whose_tokens_cannot_be_ended_is_not_deleted_and_is_deleted_when_Redis_is_back()
    {
        var host = new AuthServerHost();
        await host.InitializeAsync();
        await using var disposal = new Disposal(host.DisposeAsync);
        var client = await host.NewClientAsync();

        await host.Redis.KillAsync();
        await Assert.ThrowsAsync<TokenStoreUnavailableException>(() => DeleteAsync());

        host.Redis.Start();
        await TokenRedis.UntilAsync(async () => (await client.ClientCredentialsAsync()).Status is HttpStatusCode.OK);
        Assert.True(await DeleteAsync());

        async Task<bool> DeleteAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            var registrations = scope.ServiceProvider.GetRequiredService<ClientRegistrations>();
            var row = await registrations.FindAsync(client.Owner.Id, client.ClientId, CancellationToken.None);
            return await registrations.DeleteAsync(row!, CancellationToken.None);
        }
    }

    private static void IsUnavailable(Answer answer)
    {
        answer.IsError(
            HttpStatusCode.ServiceUnavailable, "temporarily_unavailable", "The service is temporarily unavailable. Try again shortly.");
        Assert.NotNull(answer.Message.Headers.RetryAfter!.Delta);
    }

    private sealed class Disposal(Func<Task> dispose) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await dispose();
    }
}
