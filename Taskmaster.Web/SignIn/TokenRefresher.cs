using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using StackExchange.Redis;
using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.Web.Hosting;

namespace Taskmaster.Web.SignIn;

/// <summary>
/// Redeems each refresh token once, however many requests and replicas find the access token expiring: the first
/// asks AuthServer, the others take what it got. A second redemption would look like a stolen token (RFC 9700 §4.14.2).
/// </summary>
internal sealed class TokenRefresher(
    IConnectionMultiplexer redis, IDataProtectionProvider dataProtection, AuthServerTokens authServer, TimeProvider clock)
{
    /// <summary>Longer than the request to AuthServer may take; a replica that dies while it asks is replaced after this.</summary>
    private static readonly TimeSpan Redeeming = TimeSpan.FromSeconds(10);

    /// <summary>Requests that had read the session before it was updated come within this.</summary>
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Taskmaster.Web.RefreshedTokens");

    /// <returns>The new tokens; null when AuthServer refuses the refresh token.</returns>
    /// <exception cref="ServiceUnavailableException">AuthServer, or its store, is away.</exception>
    public async Task<SessionTokens?> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var key = SessionKeys.Refresh(refreshToken);
        while (!await redis.SendAsync("SET", database => database.StringSetAsync(key, RedisValue.EmptyString, Redeeming, When.NotExists)))
        {
            byte[]? found = await redis.SendAsync("GET", database => database.StringGetAsync(key));
            if (found is { Length: > 0 })
            {
                return Unprotect(found);
            }

            await Task.Delay(LookAgain, clock, cancellationToken);
        }

        SessionTokens? tokens = null;
        try
        {
            // Not cancelled with the request: AuthServer may have redeemed the token already, and its answer must not get lost.
            tokens = await authServer.RefreshAsync(refreshToken, CancellationToken.None);
        }
        finally
        {
            await (tokens is null
                ? redis.SendAsync("DEL", database => database.KeyDeleteAsync(key))
                : redis.SendAsync("SET", database => database.StringSetAsync(key, Protect(tokens), Shared)));
        }

        return tokens;
    }

    private byte[] Protect(SessionTokens tokens) => _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(tokens));

    private SessionTokens? Unprotect(byte[] stored)
    {
        try
        {
            return JsonSerializer.Deserialize<SessionTokens>(_protector.Unprotect(stored));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
