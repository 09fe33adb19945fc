namespace Taskmaster.ServiceDefaults.Names;

/// <summary>
/// Addresses on the public origin that more than one service names: one answers there, another forwards or refers to it.
/// </summary>
public static class PublicPaths
{
    public const string Api = "/api";
    public const string ApiPages = Api + "/docs";
    public const string Mcp = "/mcp";
    public const string OAuth = "/oauth2";

    /// <summary>OpenID Connect Discovery 1.0 §4.</summary>
    public const string OpenIdConfiguration = "/.well-known/openid-configuration";

    /// <summary>RFC 8414 §3.</summary>
    public const string AuthorizationServerMetadata = "/.well-known/oauth-authorization-server";

    /// <summary>RFC 9728 §3.1: before the path of the resource.</summary>
    public const string ProtectedResourceMetadata = AnyResourceMetadata + Api;

    /// <inheritdoc cref="ProtectedResourceMetadata"/>
    public const string McpMetadata = AnyResourceMetadata + Mcp;

    /// <summary>Without a path, where a client of the MCP server looks that was not told where it is.</summary>
    public const string AnyResourceMetadata = "/.well-known/oauth-protected-resource";
}
