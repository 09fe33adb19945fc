using Microsoft.Net.Http.Headers;
using Taskmaster.ServiceDefaults.Dpop;
using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Web.Forwarding;

/// <summary>
/// The header fields on which a service acts and that have one value. Sent on two lines, a proxy joins them with a comma
/// (RFC 9110 §5.3), and the service reads one value that nobody sent. Fields that are lists, such as <c>If-Match</c>, are
/// joined rightly.
/// </summary>
internal static class SingleValuedHeaders
{
    private static readonly string[] Names =
    [
        HeaderNames.Authorization,
        HeaderNames.ContentType,
        "Idempotency-Key",
        ApiKeyFormat.Header,
        DpopNames.Header,
        "Last-Event-ID",
        HeaderNames.IfModifiedSince,
        HeaderNames.IfUnmodifiedSince,
        HeaderNames.IfRange,
        HeaderNames.Range,
        HeaderNames.Origin,
        HeaderNames.AccessControlRequestMethod,
    ];

    /// <summary>The first that is there more than once, or null.</summary>
    public static string? FirstRepeated(IHeaderDictionary headers) => Array.Find(Names, name => headers[name].Count > 1);
}
