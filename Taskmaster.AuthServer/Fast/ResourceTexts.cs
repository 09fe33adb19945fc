using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using OpenIddict.Abstractions;

namespace Taskmaster.AuthServer.Fast;

/// <summary>
/// Keeps OpenIddict's texts. It looks up the text of every log line, also of those that are switched off, some hundred
/// a request, and the framework's resource manager takes a lock for each.
/// </summary>
internal static class ResourceTexts
{
    // The only way in. A version without the field would fail here, at start.
    public static void Keep() => ResourceManagerOf(null) = new KeepingResourceManager();

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "s_resourceManager")]
    private static extern ref ResourceManager ResourceManagerOf(OpenIddictResources? _);

    private sealed class KeepingResourceManager() : ResourceManager(typeof(OpenIddictResources))
    {
        private readonly ConcurrentDictionary<string, string?> _texts = new(StringComparer.Ordinal);

        // There is one culture: OpenIddict ships no translations that this server would be asked for.
        public override string? GetString(string name, CultureInfo? culture) => _texts.GetOrAdd(name, LookUp);

        private string? LookUp(string name) => base.GetString(name, CultureInfo.InvariantCulture);
    }
}
