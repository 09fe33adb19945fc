using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Taskmaster.ServiceDefaults.RateLimits;

/// <summary>What became of one request.</summary>
/// <param name="Policy">The policy it counted for.</param>
/// <param name="Remaining">How many more the caller may make in this window; -1 when this one was too many.</param>
/// <param name="SecondsLeft">Until the window ends.</param>
public readonly record struct RateLimitDecision(RateLimitPolicy Policy, long Remaining, int SecondsLeft)
{
    public bool IsAdmitted => Remaining >= 0;

    /// <summary>The fields of draft-ietf-httpapi-ratelimit-headers-10, and for a refusal RFC 9110 §10.2.3.</summary>
    internal void WriteTo(IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = Policy.Header;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"{Policy.Name}\";r={Math.Max(0, Remaining)};t={SecondsLeft}");
        if (!IsAdmitted)
        {
            headers.RetryAfter = SecondsLeft.ToString(CultureInfo.InvariantCulture);
        }
    }
}
