using Taskmaster.ServiceDefaults.RequestLogs;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>The requests of one client, the newest first, and how many there were, of which not all are described.</summary>
internal sealed record RequestLogResponse(RequestCountsResponse Counts, IReadOnlyList<LoggedRequest> Requests);

internal sealed record RequestCountsResponse(long Requests, long Errors, long Unauthenticated)
{
    public static RequestCountsResponse Of(RequestCounts counts) => new(counts.Requests, counts.Errors, counts.Unauthenticated);
}
