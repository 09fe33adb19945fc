using Microsoft.AspNetCore.Http;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>Which policy a request counts for, and for whom.</summary>
/// <param name="Policy">The policy's name.</param>
/// <param name="Caller">Who is counted: a text that is the same for all requests of one caller.</param>
public sealed record RateLimitRule(string Policy, Func<HttpContext, ValueTask<string>> Caller)
{
    /// <summary>
    /// Asks Redis for each request, so that no more than the limit get through however many replicas there are. Without
    /// it a replica counts by itself and exchanges its counts in the background (<see cref="RateLimiter"/>).
    /// </summary>
    public bool Exact { get; init; }

    /// <summary>A second policy, by address, for requests that were answered 401: guessing and made-up clients end there.</summary>
    public string? Unauthorized { get; init; }
}
