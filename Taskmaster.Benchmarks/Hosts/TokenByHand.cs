using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Taskmaster.Benchmarks.Hosts;

/// <summary>
/// The least that checking a reference token could cost: its hash, and one GET that tells whom it is for. No payload to
/// decrypt, no claims, no revocation of a grant.
/// </summary>
internal static class TokenByHand
{
    private const string Scheme = "Bearer ";

    public static string KeyOf(string token) => "by-hand:" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Null when the request may not pass; it is then answered.</summary>
    public static async Task<Guid?> OwnerAsync(HttpContext http, IDatabase redis)
    {
        if (http.Request.Headers.Authorization is [{ } header]
            && header.StartsWith(Scheme, StringComparison.Ordinal)
            && (string?)await redis.StringGetAsync(KeyOf(header[Scheme.Length..])) is { } owner)
        {
            return Guid.Parse(owner);
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return null;
    }
}
