using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using StackExchange.Redis;
using Taskmaster.AuthServer.Protocol;
using Taskmaster.ServiceDefaults.Hosting;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Taskmaster.AuthServer.Clients;

/// <summary>
/// A client assertion is good once, on every replica (RFC 7523 §3, OpenID Connect Core §9): its <c>jti</c> is remembered, as a
/// hash, until it has expired. So that this ends, an assertion may live an hour at most. It must be for us alone,
/// so that another server cannot use what a client signed for it. OpenIddict has checked the rest.
/// </summary>
internal sealed class ClientAssertionUse(IConnectionMultiplexer redis, PublicOrigin origin, TimeProvider clock)
    : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(1);

    // Beyond the tolerance for clocks that differ.
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
            $"taskmaster:assertion:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(assertion)))}",
            RedisValue.EmptyString,
            lifetime + Margin,
            When.NotExists));
}
