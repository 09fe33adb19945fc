using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.ServiceDefaults.Hosting;

/// <summary>
/// A document that is the same for everybody: metadata, keys, the API's description. It may be kept for a few minutes, and
/// asked for again by its entity tag (RFC 9110 §13.1.2).
/// </summary>
public static class PublicDocuments
{
    /// <summary>Shorter than a signing key is announced before it signs, so that nobody keeps a JWKS without it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private static readonly string CacheControl = $"public, max-age={(int)KeptFor.TotalSeconds}";

    /// <summary>Sends the document, or 304 to a caller that has its current version.</summary>
    public static Task SendAsync(HttpContext context, byte[] content, string? contentType)
    {
        ArgumentNullException.ThrowIfNull(context);

        context.Response.Headers.CacheControl = CacheControl;
        var tag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16))}\"");
        return Results.Bytes(content, contentType, entityTag: tag).ExecuteAsync(context);
    }
}
