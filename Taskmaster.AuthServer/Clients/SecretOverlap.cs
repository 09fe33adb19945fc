namespace Taskmaster.AuthServer.Clients;

/// <summary>How long the old secrets go on working beside a new one, in the words of the management API.</summary>
internal static class SecretOverlap
{
    private static readonly Dictionary<string, TimeSpan> Lengths = new()
    {
        ["none"] = TimeSpan.Zero,
        ["hour"] = TimeSpan.FromHours(1),
        ["day"] = TimeSpan.FromDays(1),
        ["week"] = TimeSpan.FromDays(7),
    };

    public static IEnumerable<string> All => Lengths.Keys;

    /// <summary>Null where the name is none of <see cref="All"/>.</summary>
    public static TimeSpan? Of(string? name) => name is not null && Lengths.TryGetValue(name, out var length) ? length : null;
}
