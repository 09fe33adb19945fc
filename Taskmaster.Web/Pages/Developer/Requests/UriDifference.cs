using System.Globalization;

namespace Taskmaster.Web.Pages.Developer.Requests;

/// <summary>Where a redirect URI that was sent first differs from the registered one that it has most in common with.</summary>
/// <param name="Sent">What was sent.</param>
/// <param name="Registered">The registered one.</param>
/// <param name="Length">How many bytes of both are the same, from the beginning.</param>
internal sealed record UriDifference(string Sent, string Registered, int Length)
{
    public string Common => Sent[..Length];

    public string SentRest => Sent[Length..];

    public string RegisteredRest => Registered[Length..];

    /// <summary>What kind of mistake it looks like.</summary>
    public string Words => (SentRest, RegisteredRest) switch
    {
        ("", "") => "They are the same now: the application's settings were changed since.",
        ("/", "") => "There is a slash at the end that the registered one does not have.",
        ("", "/") => "The slash at the end is missing.",
        ("", _) => "It ends where the registered one goes on.",
        (['?', ..], "") => "It has a query that the registered one does not have.",
        (_, "") => "It goes on where the registered one ends.",
        ([':', ..], ['s', ':', ..]) when Common is "http" => "It begins with http, the registered one with https.",
        (['s', ':', ..], [':', ..]) when Common is "http" => "It begins with https, the registered one with http.",
        _ when string.Equals(Sent, Registered, StringComparison.OrdinalIgnoreCase) => "Only upper and lower case differ.",
        _ when IsOwnMachine(Sent) && IsOwnMachine(Registered) && !SameHost => "localhost and 127.0.0.1 are two different hosts.",
        _ => "They are two different addresses from there on.",
    };

    /// <summary>The two bytes that differ, counted from 1.</summary>
    public string Bytes => string.Create(
        CultureInfo.InvariantCulture, $"Byte {Length + 1}: {Byte(SentRest)} was sent, {Byte(RegisteredRest)} is registered.");

    /// <summary>How many bytes of the rests are the same, from the end.</summary>
    private int CommonEnd => SentRest.Reverse().Zip(RegisteredRest.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();

    private bool SameHost => new Uri(Sent).Host == new Uri(Registered).Host;

    /// <summary>Null where nothing was sent or nothing is registered.</summary>
    public static UriDifference? Between(string? sent, IEnumerable<string> registered) =>
        string.IsNullOrEmpty(sent)
            ? null
            : registered.Select(uri => new UriDifference(sent, uri, sent.AsSpan().CommonPrefixLength(uri)))
                .OrderByDescending(difference => difference.Length + difference.CommonEnd)
                .FirstOrDefault();

    private static bool IsOwnMachine(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static string Byte(string rest) => rest is [var first, ..]
        ? string.Create(CultureInfo.InvariantCulture, $"{first} ({(int)first:X2})")
        : "nothing";
}
