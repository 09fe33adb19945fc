using System.Net;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.AuthServer.RateLimits;

/// <summary>Which client a request says it comes from, and what it shows for it. Nothing of it is verified.</summary>
internal readonly record struct ClaimedClient(string? Id, string? Secret, string? Assertion)
{
    private const string BasicPrefix = "Basic ";
    private const int CredentialsMaxLength = 1024;

    /// <param name="context">The request.</param>
    /// <param name="withSecret">Without it no secret of a header is made a string: most requests are only counted.</param>
    public static async ValueTask<ClaimedClient> ReadAsync(HttpContext context, bool withSecret)
    {
        var request = context.Request;
        if (request.Headers.Authorization is [{ } authorization])
        {
            return FromBasic(authorization, withSecret);
        }

        if (!request.HasFormContentType)
        {
            return default;
        }

        // Read once: whoever looks at the form later gets the same one.
        var form = await request.ReadFormAsync(context.RequestAborted);
        var (id, secret, assertion) = (Single(
            form, Parameters.ClientId), Single(form, Parameters.ClientSecret), Single(form, Parameters.ClientAssertion));
        return new(id ?? SubjectOf(assertion), secret, assertion);
    }

    private static string? Single(IFormCollection form, string parameter) => form[parameter] is [{ Length: > 0 } value] ? value : null;

    /// <summary>RFC 6749 §2.3.1: each part form-urlencoded, joined by the first colon (RFC 7617 §2).</summary>
    private static ClaimedClient FromBasic(string authorization, bool withSecret)
    {
        Span<byte> bytes = stackalloc byte[CredentialsMaxLength];
        if (!authorization.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64Chars(authorization.AsSpan(BasicPrefix.Length).Trim(), bytes, out var length)
            || bytes[..length].IndexOf((byte)':') is not (> 0 and var colon))
        {
            return default;
        }

        return new(Decode(bytes[..colon]), withSecret ? Decode(bytes[(colon + 1)..length]) : null, Assertion: null);
    }

    // What our own ids and secrets are made of is not changed by the decoding.
    private static string Decode(ReadOnlySpan<byte> part)
    {
        var text = Encoding.UTF8.GetString(part);
        return part.ContainsAny((byte)'%', (byte)'+') ? WebUtility.UrlDecode(text) : text;
    }

    /// <summary>RFC 7523 §3: the subject of a client's assertion is the client, and need not be said twice.</summary>
    private static string? SubjectOf(string? assertion)
    {
        try
        {
            return assertion is null ? null : new JsonWebToken(assertion).Subject;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
