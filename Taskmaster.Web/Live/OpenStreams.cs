namespace Taskmaster.Web.Live;

/// <summary>How many streams of changes each user has open on this replica.</summary>
internal sealed class OpenStreams
{
    /// <summary>Fewer than the API gives a user: pages that are left open do not take the places of the user's programs.</summary>
    public const int MostPerUser = 6;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>A place, until it is disposed of; null when the user has all of theirs.</summary>
    public IDisposable? TryTake(string user)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(user);
            if (open >= MostPerUser)
            {
                return null;
            }

            _open[user] = open + 1;
            return new Place(() => GiveBack(user));
        }
    }

    private void GiveBack(string user)
    {
        lock (_lock)
        {
            if (--_open[user] == 0)
            {
                _open.Remove(user);
            }
        }
    }

    private sealed class Place(Action giveBack) : IDisposable
    {
        public void Dispose() => giveBack();
    }
}
