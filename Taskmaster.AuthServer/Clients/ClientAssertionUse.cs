using System.Globalization;
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// Accepts a client assertion once, on every replica (RFC 7523 §3, OpenID Connect Core §9): a hash of its <c>jti</c> is
/// kept in Redis until the assertion has expired, so its lifetime is limited to <see cref="LongestLifetime"/>. Its audience
/// must be this issuer alone, so that another server cannot use an assertion that a client signed for that server.
/// OpenIddict has checked the rest.
/// </summary>
internal sealed class ClientAssertionUse(IConnectionMultiplexer redis, PublicOrigin origin, TimeProvider clock)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    // A used jti is kept for this much longer than its assertion lives: more than the tolerance for clocks that differ.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    // How far ahead the clock of the client's server may be.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientAssertionPrincipal is not { } assertion)
        {
            return;
        }

        var lifetime = assertion.GetExpirationDate() - clock.GetUtcNow();
        if (lifetime is null || lifetime > LongestLifetime
            || assertion.GetAudiences() is not [var audience] || audience.TrimEnd('/') != origin.Value
            || !HasBegun(assertion)
            || assertion.GetClaim(Claims.JwtId) is not { Length: > 0 } id
            || !await IsFirstUseAsync($"{assertion.GetClaim(Claims.Subject)}\0{id}", lifetime.Value))
        {
            context.Reject(ProtocolErrors.InvalidClientAssertion);
        }
    }

    // RFC 7523 §3: not before its time; OpenIddict does not look at it.
    private bool HasBegun(ClaimsPrincipal assertion) =>
        assertion.GetClaim(Claims.NotBefore) is not { } notBefore
        || (double.TryParse(notBefore, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= (clock.GetUtcNow() + ClockSkew).ToUnixTimeSeconds());

    private Task<bool> IsFirstUseAsync(string assertion, TimeSpan lifetime) =>
        redis.SendAsync("SET", database => database.StringSetAsync(
            RedisKeys.Assertion(assertion),
            RedisValue.EmptyString,
            lifetime + Margin,
            When.NotExists));
}
