using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Carries a new secret from the form that made it to the page that shows it, one time: no URL, cookie or browser
/// history ever holds it, and reloading either page does no harm. So it does with an authorization request that is tried,
/// until its answer comes.
/// </summary>
internal sealed class ShownOnce(IConnectionMultiplexer redis, IDataProtectionProvider dataProtection, IHttpContextAccessor accessor)
{
    /// <summary>From the redirect to the page it leads to takes a moment; a slow line a little more.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Taskmaster.Web.ShownOnce");

    private string SessionId => accessor.HttpContext?.Features.Get<WebSession>()?.Id
        ?? throw new InvalidOperationException("Only a signed-in user's page shows secrets.");

    public Task KeepAsync(string name, string secret) => redis.SendAsync(
        "SET",
        database => database.StringSetAsync(
            SessionKeys.Once(SessionId, name), _protector.Protect(Encoding.UTF8.GetBytes(secret)), Lifetime));

    /// <returns>The secret; null the second time.</returns>
    public async Task<string?> TakeAsync(string name)
    {
        byte[]? kept = await redis.SendAsync("GETDEL", database => database.StringGetDeleteAsync(SessionKeys.Once(SessionId, name)));
        try
        {
            return kept is null ? null : Encoding.UTF8.GetString(_protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
