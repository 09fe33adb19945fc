using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Keeps who is signed in, and their tokens, in Redis; the browser holds a random id only. A session ends when it was
/// not used for <see cref="IdleTimeout"/>, and in any case when its ticket expires.
/// </summary>
internal sealed class RedisSessionStore(IConnectionMultiplexer redis, IDataProtectionProvider dataProtection, TimeProvider clock)
    : ITicketStore
{
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromDays(7);

    /// <summary>The time-out is set anew at most this often, so that most pages cost Redis no write.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Taskmaster.Web.Session");

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await redis.SendAsync("SET", database => database.StringSetAsync(SessionKeys.Session(id), Protect(ticket), LifetimeOf(ticket)));
        return id;
    }

    /// <summary>Only a session that still exists: one that was signed out meanwhile must not come back.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        redis.SendAsync(
            "SET", database => database.StringSetAsync(SessionKeys.Session(key), Protect(ticket), LifetimeOf(ticket), When.Exists));

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        // The page about a failure shows nobody's name: it may be this store that is away.
        if (httpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            return Task.FromResult<AuthenticationTicket?>(null);
        }

        httpContext.Features.Set(new WebSession(key));
        return RetrieveAsync(key);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var sessionKey = SessionKeys.Session(key);
        var reading = redis.SendAsync("GET", database => database.StringGetAsync(sessionKey));
        var expiring = redis.SendAsync("PTTL", database => database.KeyTimeToLiveAsync(sessionKey));
        await Task.WhenAll(reading, expiring);

        byte[]? stored = await reading;
        if (stored is null || Unprotect(stored) is not { } ticket)
        {
            return null;
        }

        var lifetime = LifetimeOf(ticket);
        if (lifetime - await expiring > RenewAfter)
        {
            await redis.SendAsync("PEXPIRE", database => database.KeyExpireAsync(sessionKey, lifetime));
        }

        return ticket;
    }

    public Task RemoveAsync(string key) => redis.SendAsync("DEL", database => database.KeyDeleteAsync(SessionKeys.Session(key)));

    private TimeSpan LifetimeOf(AuthenticationTicket ticket)
    {
        var rest = ticket.Properties.ExpiresUtc - clock.GetUtcNow() ?? IdleTimeout;
        return rest < IdleTimeout ? TimeSpan.FromMilliseconds(Math.Max(1, rest.TotalMilliseconds)) : IdleTimeout;
    }

    private byte[] Protect(AuthenticationTicket ticket) => _protector.Protect(TicketSerializer.Default.Serialize(ticket));

    /// <summary>Null for what was written under a key that is gone: the user signs in again.</summary>
    private AuthenticationTicket? Unprotect(byte[] stored)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(_protector.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
