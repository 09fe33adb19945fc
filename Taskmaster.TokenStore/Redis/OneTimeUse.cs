namespace Taskmaster.TokenStore.Redis;

/// <summary>
/// Something that may be used once, on whichever replica: the first to write its name down has used it. Where it goes along with
/// the look-up or the writing of a token it costs no round trip of its own. The unit of work sends it.
/// </summary>
/// <param name="name">Tells nobody what is used: a hash.</param>
/// <param name="remembered">So long the use is remembered.</param>
public sealed class OneTimeUse(string name, TimeSpan remembered)
{
    /// <summary>Whether this was the first use; null until Redis has said so, and after an outage: then it counts as none.</summary>
    public bool? IsFirst { get; internal set; }

    internal string Name => name;

    internal TimeSpan Remembered => remembered;

    internal bool IsSent { get; set; }
}
