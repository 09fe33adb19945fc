using System.Net.Http.Headers;
using System.Net.Mime;
using Taskmaster.TasksApi.Answers;

namespace Taskmaster.TasksApi.Requests;

/// <summary>
/// In which formats a body is read (RFC 9110 §15.5.16). A patch of another type means something else by the same JSON,
/// and bytes in a coding are no JSON yet: neither is guessed at.
/// </summary>
internal static class BodyFormat
{
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>RFC 9110 §18.6: no coding. Some clients say so.</summary>
    private const string Identity = "identity";

    private static readonly InvalidRequest NotJson = InvalidRequest.Unsupported($"Content-Type must be {MediaTypeNames.Application.Json}");

    /// <summary>RFC 5789 §2.2: the answer says which patches are read.</summary>
    private static readonly InvalidRequest NoPatch = InvalidRequest.Unsupported(
        $"Content-Type must be {MergePatch} or {MediaTypeNames.Application.Json}",
        ("Accept-Patch", $"{MergePatch}, {MediaTypeNames.Application.Json}"));

    /// <summary>RFC 9110 §12.5.3: the answer says which codings are read.</summary>
    private static readonly InvalidRequest Encoded =
        InvalidRequest.Unsupported("Content-Encoding is not supported: send the body as it is", ("Accept-Encoding", Identity));

    /// <summary>Why the body is not read; null when it can be.</summary>
    public static InvalidRequest? ProblemOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding
            && !encoding.ToString().Equals(Identity, StringComparison.OrdinalIgnoreCase))
        {
            return Encoded;
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType) ? contentType.MediaType : null;
        return Is(type, MediaTypeNames.Application.Json)
            ? null
            : !HttpMethods.IsPatch(request.Method) ? NotJson
            : Is(type, MergePatch) ? null : NoPatch;
    }

    private static bool Is(string? type, string other) => other.Equals(type, StringComparison.OrdinalIgnoreCase);
}
