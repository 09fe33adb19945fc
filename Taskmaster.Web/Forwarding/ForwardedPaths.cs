using Taskmaster.ServiceDefaults.Hosting;
using Taskmaster.ServiceDefaults.Names;
using static Taskmaster.ServiceDefaults.Names.ResourceNames;

namespace Taskmaster.Web.Forwarding;

/// <summary>Everything the public origin forwards. What is not listed is Web's own, or not reachable from outside.</summary>
internal static class ForwardedPaths
{
    public static IReadOnlyList<ForwardedPath> All { get; } =
    [
        new(PublicPaths.OAuth + "/{**path}", AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new(PublicPaths.OpenIdConfiguration, AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new(PublicPaths.AuthorizationServerMetadata, AuthServer, ErrorFormat.OAuth, BodyLimits.Form),
        new(PublicPaths.ProtectedResourceMetadata, TasksApi, ErrorFormat.Api, BodyLimits.Form),
        new(PublicPaths.McpMetadata, Mcp, ErrorFormat.Api, BodyLimits.Form),
        new(PublicPaths.AnyResourceMetadata, Mcp, ErrorFormat.Api, BodyLimits.Form),
        new(PublicPaths.Mcp, Mcp, ErrorFormat.Api, BodyLimits.Mcp),
        new("/sign-in", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/sign-up", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/sign-out", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/password", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new("/consent", AuthServer, ErrorFormat.Page, BodyLimits.Form),
        new(PublicPaths.Api + "/{**path}", TasksApi, ErrorFormat.Api, BodyLimits.Api),
    ];
}
