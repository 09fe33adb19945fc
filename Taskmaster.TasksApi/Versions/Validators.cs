using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.TasksApi.Versions;

/// <summary>
/// What a precondition is compared with: whether there is something, its entity tag, when it was last changed (RFC 9110 §8.8).
/// </summary>
internal readonly record struct Validators(bool Exist, string? EntityTag, DateTime? LastModified)
{
    /// <summary>Of a list: it is there, in no state that has a name.</summary>
    public static Validators OfList { get; } = new(Exist: true, null, null);

    /// <summary>Of what a request is sent to but nobody can read.</summary>
    public static Validators OfNothing => default;

    /// <summary>The version in quotes is the strong entity tag. An HTTP-date has whole seconds (RFC 9110 §5.6.7).</summary>
    public static Validators Of(IVersioned resource) => new(
        Exist: true,
        $"\"{resource.Version.ToString(CultureInfo.InvariantCulture)}\"",
        resource.UpdatedAt.AddTicks(-(resource.UpdatedAt.Ticks % TimeSpan.TicksPerSecond)));

    /// <summary>
    /// Whether a list of tags names the state. A weak tag only does where both are read, not where one is overwritten (RFC 9110 §8.8.3.2).
    /// </summary>
    public bool AreIn(IList<EntityTagHeaderValue> tags, bool strongly)
    {
        var (exist, current) = (Exist, EntityTag);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) ? exist : tag.Tag == current && !(strongly && tag.IsWeak));
    }
}
