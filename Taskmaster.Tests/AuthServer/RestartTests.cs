using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;

namespace Taskmaster.Tests.AuthServer;

public sealed class RestartTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    public async Task Another_process_on_the_same_stores_knows_sessions_codes_tokens_consents_and_keys()
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var alice = await host.NewUserAgent().SignInAsync(user);
        var first = (await client.RedeemAsync(await client.CodeAsync(alice, ("scope", "openid offline_access")))).Is(HttpStatusCode.OK);
        var keys = (await host.NewUserAgent().GetAsync("/oauth2/jwks")).Body;

        await host.RestartAsync();

        Assert.Equal(keys, (await host.NewUserAgent().GetAsync("/oauth2/jwks")).Body);
        var afterwards = new TestClient(host, client.ClientId, client.Secret, client.RedirectUri, client.Owner);
        Assert.True(await afterwards.IsActiveAsync(first["access_token"]));
        (await afterwards.RefreshAsync(first["refresh_token"])).Is(HttpStatusCode.OK);
        var back = host.NewUserAgent().WithCookiesOf(alice);
        Assert.NotNull((await back.GetAsync(client.AuthorizeUrl(("scope", "openid offline_access")))).Query["code"]);
    }

    [Fact]
    public async Task The_migrations_make_what_the_model_says()
    {
        await using var scope = host.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Neither_keys_nor_secrets_are_readable_in_the_database()
    {
        var client = await host.NewClientAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();

        var xml = await database.Database.SqlQuery<string>($"SELECT xml AS \"Value\" FROM data_protection_keys").ToListAsync();
        Assert.NotEmpty(xml);
        Assert.All(xml, key => Assert.Contains("encryptedKey", key, StringComparison.Ordinal));
        Assert.All(xml, key => Assert.DoesNotContain("masterKey", key, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, await database.ProtocolKeys.CountAsync());
        var hash = Assert.Single(await database.ClientSecrets.Where(
            secret => database.Set<Client>().Any(row => row.Id == secret.ClientId && row.ClientId == client.ClientId)).ToListAsync()).Hash;
        Assert.NotEqual(System.Text.Encoding.UTF8.GetBytes(client.Secret), hash);
    }
}
