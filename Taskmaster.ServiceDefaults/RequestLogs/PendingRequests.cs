namespace Taskmaster.ServiceDefaults.RequestLogs;

/// <summary>What one client's requests of one period were, until they are written.</summary>
public sealed class PendingRequests
{
    private readonly Lock _lock = new();
    private readonly int[] _described = new int[Enum.GetValues<RequestShare>().Length];
    private readonly List<(RequestShare Share, LoggedRequest Request)> _requests = [];
    private int _all;
    private int _errors;
    private int _claimed;
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    /// <summary>Counts a request.</summary>
    /// <param name="share">The part of the log it is for.</param>
    /// <param name="isError">Whether it was answered by an error.</param>
    /// <param name="isDescribed">Whether it is one of the first, which are written down.</param>
    /// <returns>False when the period is over, and the request belongs to the next.</returns>
    public bool TryCount(RequestShare share, bool isError, out bool isDescribed)
    {
        lock (_lock)
        {
            isDescribed = false;
            if (_isClosed)
            {
                return false;
            }

            _all++;
            _errors += isError ? 1 : 0;
            _claimed += share is RequestShare.Claimed ? 1 : 0;
            isDescribed = _described[(int)share]++ < RequestLogBounds.Described(share);
            return true;
        }
    }

    public bool TryAdd(RequestShare share, LoggedRequest request)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _requests.Add((share, request));
            return true;
        }
    }

    /// <summary>Ends the period: nothing more is taken.</summary>
    public (RequestCounts Counts, IReadOnlyList<(RequestShare Share, LoggedRequest Request)> Requests) Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            return (new(_all, _errors, _claimed), _requests);
        }
    }
}
