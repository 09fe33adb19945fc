namespace Taskmaster.Benchmarks.Sides.ByHand;

/// <summary>Whom a request's token is for, and what the API writes down of who acted.</summary>
internal readonly record struct ByHandCaller(Guid Owner, string Via)
{
    /// <summary>Of what Redis has: the owner, a blank, and who acted.</summary>
    public static ByHandCaller Parse(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        return new(Guid.Parse(text.AsSpan(0, end)), text[(end + 1)..]);
    }
}
