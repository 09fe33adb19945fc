using Taskmaster.ServiceDefaults.RequestLogs;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>The requests of one client, the newest first, and how many there were, of which not all are described.</summary>
internal sealed record RequestLogResponse(RequestCounts Counts, IReadOnlyList<LoggedRequest> Requests);
