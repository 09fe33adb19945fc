using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Users;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>What whoever copies the stores can read there.</summary>
public sealed class StoredSecretsTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "12")]
    public async Task Neither_Redis_nor_Postgres_holds_a_code_token_secret_or_password_in_clear()
    {
        var user = await host.NewUserAsync();
        var client = await host.NewClientAsync();
        var device = await host.NewClientAsync(isPublic: true);
        var alice = await host.NewUserAgent().SignInAsync(user);
        var unused = await client.CodeAsync(alice, ("scope", "openid offline_access"), ("nonce", "canary-nonce"));
        var used = await client.CodeAsync(alice, ("scope", "openid offline_access"));
        var bought = (await client.RedeemAsync(used)).Is(HttpStatusCode.OK);
        var refreshed = (await client.RefreshAsync(bought["refresh_token"])).Is(HttpStatusCode.OK);
        var started = (await device.PostAsync("/oauth2/device")).Is(HttpStatusCode.OK);
        var pushed = (await client.PostAsync("/oauth2/par", ("client_id", client.ClientId),
            ("response_type", "code"), ("redirect_uri", client.RedirectUri), ("state", "canary-state"))).Is(HttpStatusCode.Created);
        var registered = (await host.NewUserAgent().SendAsync(new HttpRequestMessage(HttpMethod.Post, "/oauth2/register")
        {
            Content = new StringContent("""{"redirect_uris":["https://yourapp.com/"]}""", Encoding.UTF8, "application/json"),
        })).Is(HttpStatusCode.Created);

        var stored = await RedisAsync() + await PostgresAsync();

        // There is something to find: what is no secret.
        Assert.Contains(client.ClientId, stored, StringComparison.Ordinal);
        Assert.Contains(user.Email, stored, StringComparison.Ordinal);
        foreach (var secret in new[]
        {
            unused, used, bought["access_token"], bought["refresh_token"], bought["id_token"], refreshed["access_token"],
            refreshed["refresh_token"],
            started["device_code"], started["user_code"], started["user_code"].Replace("-", string.Empty, StringComparison.Ordinal),
            pushed["request_uri"].Split(':')[^1], registered["client_secret"], registered["registration_access_token"],
            client.Secret, user.Password, "canary-nonce", "canary-state",
        })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.ASCII.GetBytes(secret)), stored, StringComparison.Ordinal);
        }
    }

    /// <summary>The tests' hosts take fewer; a server with the settings that are shipped does not, and makes up for it.</summary>
    [Fact]
    public async Task A_password_is_hashed_in_a_hundred_thousand_rounds_once_it_was_used_at_a_server_as_shipped()
    {
        var user = await host.NewUserAsync();
        Assert.Equal(AuthServerHost.HashRounds, PasswordHash.RoundsOf(await HashAsync()));
        await using var shipped = await AuthServerProcess.StartAsync(host);

        _ = await shipped.NewUserAgent().SignInAsync(user);

        Assert.Equal(100_000, PasswordHash.RoundsOf(await HashAsync()));
        _ = await host.NewUserAgent().SignInAsync(user);

        async Task<string> HashAsync()
        {
            await using var scope = host.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Users.SingleAsync(row => row.Id == user.Id))
                .PasswordHash!;
        }
    }

    private async Task<string> RedisAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(TokenRedis.Configure([host.Redis.Address]));
        var database = redis.GetDatabase();
        var text = new StringBuilder();
        foreach (var key in redis.GetServers().Single().Keys())
        {
            _ = text.AppendLine((string?)key);
            foreach (var value in await database.KeyTypeAsync(key) switch
            {
                RedisType.String => [await database.StringGetAsync(key)],
                RedisType.Hash => (await database.HashGetAllAsync(key)).SelectMany(entry => new[] { entry.Name, entry.Value }),
                RedisType.SortedSet => await database.SortedSetRangeByRankAsync(key),
                RedisType.Set => await database.SetMembersAsync(key),
                var other => throw new NotSupportedException($"{key} is a {other}."),
            })
            {
                _ = text.AppendLine(Encoding.Latin1.GetString((byte[]?)value ?? []));
            }
        }

        Assert.NotEqual(0, text.Length);
        return text.ToString();
    }

    /// <summary>Every row of every table as text; binary columns are in hexadecimal.</summary>
    private async Task<string> PostgresAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<AuthDbContext>().Database
            .SqlQueryRaw<string>("SELECT query_to_xml(format('SELECT t::text FROM %I t', table_name), true, false, '')::text AS "
                + "\"Value\" FROM information_schema.tables WHERE table_schema = 'public'")
            .ToListAsync();

        Assert.True(rows.Count > 10);
        return string.Join('\n', rows);
    }
}
