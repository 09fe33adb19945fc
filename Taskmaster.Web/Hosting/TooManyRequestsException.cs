namespace Taskmaster.Web.Hosting;

/// <summary>A service is there and has done enough for this user for now; no outage.</summary>
/// <param name="retryAfter">When it says to come back.</param>
internal sealed class TooManyRequestsException(TimeSpan? retryAfter) : Exception("Too many requests for this user.")
{
    public TimeSpan? RetryAfter => retryAfter;
}
