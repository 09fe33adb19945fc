using Taskmaster.ServiceDefaults;

namespace Taskmaster.Web.Forwarding;

/// <summary>Everything the public origin forwards. What is not listed is Web's own, or not reachable from outside.</summary>
internal static class ForwardedPaths
{
    // RFC 6749 §4.1.2.1 has the name; its §5.2 lacks one for an outage, so both OAuth endpoints use it.
    private const string OAuthOutage =
        """{"error":"temporarily_unavailable","error_description":"The authorization server is not available. Try again shortly."}""";

    private const string ApiOutage = """{"message":"The API is not available. Try again shortly."}""";

    public static IReadOnlyList<ForwardedPath> All { get; } =
    [
        new("/oauth2/{**path}", ResourceNames.AuthServer, OAuthOutage),
        new("/.well-known/openid-configuration", ResourceNames.AuthServer, OAuthOutage),
        new("/.well-known/oauth-authorization-server", ResourceNames.AuthServer, OAuthOutage),
        new("/.well-known/oauth-protected-resource/api", ResourceNames.TasksApi, ApiOutage),
        new("/sign-in", ResourceNames.AuthServer, Outage: null),
        new("/sign-up", ResourceNames.AuthServer, Outage: null),
        new("/sign-out", ResourceNames.AuthServer, Outage: null),
        new("/password", ResourceNames.AuthServer, Outage: null),
        new("/consent", ResourceNames.AuthServer, Outage: null),
        new("/api/{**path}", ResourceNames.TasksApi, ApiOutage),
    ];
}
