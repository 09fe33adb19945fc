using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.TasksApi.Versions;

/// <summary>
/// On which states of a resource a caller wants the request to be done (RFC 9110 §13). A list of tags that cannot be read
/// holds for no state when something is to be written, because the caller meant to be careful; a date that cannot be
/// read is not there (§13.1.3, §13.1.4).
/// </summary>
internal sealed class Preconditions
{
    private static readonly Preconditions None = new(null);

    private readonly HttpRequest? _request;

    private Preconditions(HttpRequest? request) => _request = request;

    /// <summary>What most requests have, and what costs them nothing.</summary>
    public static Preconditions Of(HttpRequest request) =>
        request.Headers is { IfMatch.Count: 0, IfNoneMatch.Count: 0, IfModifiedSince.Count: 0, IfUnmodifiedSince.Count: 0 }
            ? None
            : new(request);

    /// <summary>The request has none, so that they hold for any state.</summary>
    public bool AreNone => _request is null;

    /// <summary>Whether to go on and write.</summary>
    public bool HoldFor(IVersioned resource) => HoldFor(Validators.Of(resource));

    public bool HoldFor(Validators validators) => Evaluate(validators) is Outcome.Hold;

    /// <summary>In the order of RFC 9110 §13.2.2: a tag goes before a date, and whether to do it before whether it is news.</summary>
    public Outcome Evaluate(Validators current)
    {
        if (_request is null)
        {
            return Outcome.Hold;
        }

        var (raw, headers) = (_request.Headers, _request.GetTypedHeaders());
        if (raw.IfMatch.Count > 0)
        {
            if (!current.AreIn(headers.IfMatch, strongly: true))
            {
                return Outcome.Failed;
            }
        }
        else if (DateIn(raw.IfUnmodifiedSince) is { } unmodifiedSince && current.LastModified > unmodifiedSince)
        {
            return Outcome.Failed;
        }

        var reads = HttpMethods.IsGet(_request.Method) || HttpMethods.IsHead(_request.Method);
        if (raw.IfNoneMatch.Count > 0)
        {
            var tags = headers.IfNoneMatch;
            return reads
                ? current.AreIn(tags, strongly: false) ? Outcome.NotModified : Outcome.Hold
                : tags.Count == 0 || current.AreIn(tags, strongly: false) ? Outcome.Failed : Outcome.Hold;
        }

        return reads && DateIn(raw.IfModifiedSince) is { } modifiedSince && current.LastModified <= modifiedSince
            ? Outcome.NotModified
            : Outcome.Hold;
    }

    /// <summary>Found by minimal APIs, which read the parameter through it.</summary>
    public static ValueTask<Preconditions?> BindAsync(HttpContext context) => ValueTask.FromResult<Preconditions?>(Of(context.Request));

    private static DateTime? DateIn(StringValues header) =>
        header.Count == 1 && HeaderUtilities.TryParseDate(header.ToString(), out var date) ? date.UtcDateTime : null;

    /// <summary>What becomes of the request.</summary>
    internal enum Outcome
    {
        Hold,
        Failed,
        NotModified,
    }
}
