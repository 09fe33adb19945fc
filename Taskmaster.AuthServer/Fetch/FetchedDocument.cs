namespace Taskmaster.AuthServer.Fetch;

/// <summary>How a fetch ended. What happened before there was an HTTP answer is not told apart: it would map networks.</summary>
internal enum FetchOutcome
{
    /// <summary>A whole document with status 200.</summary>
    Fetched,

    /// <summary>304: the document with the entity tag that was sent is still current (RFC 9110 §13.1.2).</summary>
    NotModified,

    /// <summary>404 or 410: whoever runs the host says that there is no such document.</summary>
    Gone,

    /// <summary>No public address, no connection, no TLS, or no whole answer in time.</summary>
    Unreachable,

    /// <summary>A redirect, which is not followed.</summary>
    Redirected,

    /// <summary>Any other status than 200.</summary>
    OtherStatus,

    /// <summary>No JSON by its <c>Content-Type</c>.</summary>
    OtherType,

    TooLarge,

    /// <summary>Too many fetches for this caller, to this host, or at once.</summary>
    Limited,
}

/// <summary>What came of a fetch.</summary>
/// <param name="Outcome">How it ended; the rest is there only with a document.</param>
/// <param name="Content">The document.</param>
/// <param name="EntityTag">With which to ask whether it has changed.</param>
/// <param name="MaxAge">How long it may be kept by what the answer says (RFC 9111 §4.2.1); null when it says nothing.</param>
internal sealed record FetchedDocument(
    FetchOutcome Outcome, ReadOnlyMemory<byte> Content = default, string? EntityTag = null, TimeSpan? MaxAge = null);
