using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Taskmaster.TasksApi.Versions;

/// <summary>Entity tags as the API writes and reads them: the version in quotes.</summary>
internal static class EntityTags
{
    public static string Of(IVersioned resource) => $"\"{resource.Version.ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>Whether a list of tags names the version. A weak tag only does where both are read, not where one is overwritten (RFC 9110 §8.8.3.2).</summary>
    public static bool Name(IList<EntityTagHeaderValue> tags, IVersioned resource, bool strongly)
    {
        var current = Of(resource);
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (tag.Tag == current && !(strongly && tag.IsWeak)));
    }
}
