using System.Security.Claims;
using Taskmaster.TokenStore.Format;

namespace Taskmaster.TokenStore.Fast;

/// <summary>A code or token that was valid and not expired when it was read, and its claims as OpenIddict gives them.</summary>
public readonly record struct LiveToken(RedisToken Entry, ClaimsPrincipal Principal);
