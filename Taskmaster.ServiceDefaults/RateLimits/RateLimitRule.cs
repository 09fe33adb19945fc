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

    /// <summary>
    /// A second policy, by address, for requests that were answered 401: guessing and made-up clients end there. Who
    /// shares the address and has <see cref="Proof"/> does not.
    /// </summary>
    public string? Unauthorized { get; init; }

    /// <summary>
    /// Whether a request's credentials are right, asked only at an address that is over <see cref="Unauthorized"/>: the wrong
    /// guesses of others must not keep them out. First it must answer from memory, or with null; if null, the request
    /// is counted for its address, and while that is within the limit asked again, with leave to look them up.
    /// </summary>
    public Func<HttpContext, bool, ValueTask<bool?>>? Proof { get; init; }
}
