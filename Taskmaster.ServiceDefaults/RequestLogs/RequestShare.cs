namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>
/// Which part of a client's log a request is in. Each part is bounded by itself, so that many successes do not push out the
/// errors that somebody looks for, nor anybody who only knows the client_id what the client itself did.
/// </summary>
public enum RequestShare
{
    Succeeded,
    Refused,

    /// <summary>It names the client and shows nothing for it.</summary>
    Claimed,
}
