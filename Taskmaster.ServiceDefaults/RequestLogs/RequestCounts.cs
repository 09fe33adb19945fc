namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>How many requests a client made, or was said to make.</summary>
/// <param name="Requests">All of them.</param>
/// <param name="Errors">Those that were answered by an error.</param>
/// <param name="Unauthenticated">Those, with an error or without, that showed nothing but a client_id.</param>
public sealed record RequestCounts(long Requests, long Errors, long Unauthenticated);
