namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>How much of each part of a client's log there is: 500 requests together.</summary>
internal static class RequestLogBounds
{
    /// <summary>The newest so many stay in Redis.</summary>
    public static int Stored(RequestShare share) => share is RequestShare.Claimed ? 100 : 200;

    /// <summary>
    /// The first so many of a period are written down, by each replica; the rest is only counted. A busy client's successes
    /// are alike: describing each would cost more than answering it.
    /// </summary>
    public static int Described(RequestShare share) => share switch
    {
        RequestShare.Succeeded => 10,
        RequestShare.Refused => 50,
        _ => 20,
    };
}
