using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>
/// The URI of a request, to which a proof must be made out (RFC 9449 §4.3, check 9). It is at the public origin, whatever host
/// the request names: a proof says where it was meant to go, and a forged Host header must not change that.
/// </summary>
internal static partial class TargetUri
{
    public static bool Matches(string htu, HttpRequest request, PublicOrigin origin)
    {
        var path = PathOf(request);
        if (htu.Length == origin.Value.Length + path.Length
            && htu.StartsWith(origin.Value, StringComparison.Ordinal) && htu.EndsWith(path, StringComparison.Ordinal))
        {
            return true;
        }

        return Normalised(htu) is { } claimed && claimed == Normalised(origin.Value + path);
    }

    /// <summary>As it was sent; decoding and encoding again could change it.</summary>
    private static string PathOf(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is not ['/', ..])
        {
            target = request.PathBase.Add(request.Path).ToUriComponent();
        }

        var end = target.IndexOf('?', StringComparison.Ordinal);
        return end < 0 ? target : target[..end];
    }

    /// <summary>
    /// Without query and fragment, normalised by syntax and scheme (RFC 3986 §6.2.2, §6.2.3): case of scheme, host and
    /// percent-encodings, segments of dots, the scheme's own port, an empty path.
    /// </summary>
    private static string? Normalised(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps)
            ? PercentEncoded().Replace(parsed.GetLeftPart(UriPartial.Path), static triplet => triplet.Value.ToUpperInvariant())
            : null;

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex PercentEncoded();
}
