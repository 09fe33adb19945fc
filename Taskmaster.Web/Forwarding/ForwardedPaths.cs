using Taskmaster.ServiceDefaults.Hosting;
using static Taskmaster.ServiceDefaults.Names.ResourceNames;

namespace Taskmaster.Web.Forwarding;

/// <summary>Everything the public origin forwards. What is not listed is Web's own, or not reachable from outside.</summary>
internal static class ForwardedPaths
{
    public static IReadOnlyList<ForwardedPath> All { get; } =
    [
        new("/oauth2/{**path}", AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new("/.well-known/openid-configuration", AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new("/.well-known/oauth-authorization-server", AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new("/.well-known/oauth-protected-resource/api", TasksApi, ErrorFormat.Api, BodyLimits.Form),
        new("/sign-in", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/sign-up", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/sign-out", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/password", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/consent", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/api/{**path}", TasksApi, ErrorFormat.Api, BodyLimits.Api),
    ];
}
