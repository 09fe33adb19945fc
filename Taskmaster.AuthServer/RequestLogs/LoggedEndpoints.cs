using System.Collections.Frozen;
using Taskmaster.AuthServer.Protocol;

namespace Taskmaster.AuthServer.RequestLogs;

/// <summary>The endpoints whose requests clients' owners can read.</summary>
internal static class LoggedEndpoints
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        OAuthEndpoints.Authorize, OAuthEndpoints.Par, OAuthEndpoints.Device, OAuthEndpoints.Token, OAuthEndpoints.Introspect,
        OAuthEndpoints.Revoke);

    /// <summary>The endpoint's path as we write it; null for any other path. OpenIddict takes any case, and a slash more.</summary>
    public static string? At(PathString path)
    {
        var value = path.Value ?? string.Empty;
        return All.TryGetValue(value is [_, .., '/'] ? value.TrimEnd('/') : value, out var endpoint) ? endpoint : null;
    }
}
