using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Tests.Web;

/// <summary>Where a session lives, and when it ends.</summary>
public sealed class SessionStoreTests : IAsyncLifetime
{
    private const string AccessToken = "canary-access-token";

    private readonly MovedClock _clock = new();
    private readonly EphemeralDataProtectionProvider _keys = new();
    private RedisProcess _redis = null!;
    private IConnectionMultiplexer _connection = null!;
    private RedisSessionStore _sessions = null!;

    public async Task InitializeAsync()
    {
        _redis = StartRedis();
        _connection = await TokenRedis.ConnectAsync(
            new ConfigurationOptions { AllowAdmin = true, AbortOnConnectFail = false, EndPoints = { _redis.Address } });
        _sessions = new RedisSessionStore(_connection, _keys, _clock);
    }

    public async Task DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_session_is_read_back_by_its_id_with_its_tokens()
    {
        var id = await _sessions.StoreAsync(Ticket());

        var ticket = await _sessions.RetrieveAsync(id);

        Assert.Equal("Alice", ticket?.Principal.FindFirst("name")?.Value);
        Assert.Equal(AccessToken, ticket?.Properties.GetTokenValue("access_token"));
        Assert.Null(await _sessions.RetrieveAsync(id + "x"));
    }

    [Fact]
    [Trait("Behaviour", "12")]
    public async Task Redis_holds_neither_the_session_id_nor_a_token_in_clear()
    {
        var id = await _sessions.StoreAsync(Ticket());

        Assert.Equal(43, id.Length);
        var key = Assert.Single(_connection.GetServers().Single().Keys());
        byte[] value = (await _connection.GetDatabase().StringGetAsync(key))!;
        Assert.DoesNotContain(id, key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(AccessToken, System.Text.Encoding.Latin1.GetString(value), StringComparison.Ordinal);
        Assert.DoesNotContain("Alice", System.Text.Encoding.Latin1.GetString(value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_sets_the_idle_time_out_anew_and_the_end_of_the_ticket_bounds_it()
    {
        var id = await _sessions.StoreAsync(Ticket());
        var key = SessionKeys.Session(id);
        await _connection.GetDatabase().KeyExpireAsync(key, TimeSpan.FromDays(1));

        await _sessions.RetrieveAsync(id);
        Assert.InRange(await LifetimeOf(key), RedisSessionStore.IdleTimeout - TimeSpan.FromMinutes(1), RedisSessionStore.IdleTimeout);

        _clock.Ahead = TaskmasterSignIn.SessionLifetime - TimeSpan.FromHours(2);
        await _connection.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMinutes(5));
        await _sessions.RetrieveAsync(id);
        Assert.InRange(await LifetimeOf(key), TimeSpan.FromMinutes(119), TimeSpan.FromHours(2));
    }

    [Fact]
    public async Task A_session_that_was_signed_out_does_not_come_back_by_a_late_renewal()
    {
        var id = await _sessions.StoreAsync(Ticket());
        await _sessions.RemoveAsync(id);

        await _sessions.RenewAsync(id, Ticket());

        Assert.Null(await _sessions.RetrieveAsync(id));
        Assert.Empty(_connection.GetServers().Single().Keys());
    }

    [Fact]
    public async Task What_was_written_under_lost_keys_is_no_session()
    {
        var id = await _sessions.StoreAsync(Ticket());

        Assert.Null(await new RedisSessionStore(_connection, new EphemeralDataProtectionProvider(), _clock).RetrieveAsync(id));
    }

    private static RedisProcess StartRedis()
    {
        var redis = new RedisProcess();
        redis.Start();
        return redis;
    }

    private async Task<TimeSpan> LifetimeOf(string key) => (await _connection.GetDatabase().KeyTimeToLiveAsync(key))!.Value;

    private AuthenticationTicket Ticket()
    {
        var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow() + TaskmasterSignIn.SessionLifetime };
        new SessionTokens(AccessToken, "refresh", "id", _clock.GetUtcNow()).StoreIn(properties);
        return new(new ClaimsPrincipal(new ClaimsIdentity([new("name", "Alice")], "test")), properties, "Cookies");
    }
}
