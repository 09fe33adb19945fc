namespace Taskmaster.Web.Api;

/// <summary>What a client of the user's asked for of late, the newest first.</summary>
internal sealed record RequestLog(RequestCounts Counts, IReadOnlyList<LoggedRequest> Requests);

/// <summary>How many requests there were in 24 hours. Not all of them are in the log.</summary>
internal sealed record RequestCounts(long Requests, long Errors, long Unauthenticated);

/// <summary>One of them. <see cref="Withheld"/> names what was sent and is not kept.</summary>
internal sealed record LoggedRequest(
    Guid Id,
    DateTimeOffset At,
    string Method,
    string Endpoint,
    int Status,
    string? Error,
    string? Description,
    bool Authenticated,
    string? Authentication,
    IReadOnlyDictionary<string, string>? Parameters,
    IReadOnlyList<string>? Withheld,
    int Others,
    string? RequestId,
    string? TraceId)
{
    public bool IsError => Error is not null || Status >= 400;

    public bool IsOfApi => Authentication is null;

    /// <summary>The value of a parameter that is kept.</summary>
    public string? this[string parameter] => Parameters?.GetValueOrDefault(parameter);

    public bool Withholds(string parameter) => Withheld?.Contains(parameter) is true;
}
