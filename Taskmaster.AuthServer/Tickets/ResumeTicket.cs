namespace Taskmaster.AuthServer.Tickets;

/// <summary>An authorization request that was checked at <paramref name="At"/>, in seconds since 1970, and waits for its user.</summary>
internal sealed record ResumeTicket(string RequestHash, long At);
