using System.Security.Claims;

namespace Taskmaster.TokenStore;

/// <summary>A code or token that was valid and not expired when it was read, and its claims as OpenIddict gives them.</summary>
public readonly record struct LiveToken(RedisToken Entry, ClaimsPrincipal Principal);
