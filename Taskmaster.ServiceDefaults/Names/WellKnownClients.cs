namespace Taskmaster.ServiceDefaults.Names;

/// <summary>The ids of the clients that are part of Taskmaster: AuthServer registers them, and another service is them.</summary>
public static class WellKnownClients
{
    public const string Web = "taskmaster-web";

    /// <summary>The MCP server, which exchanges the tokens of agents for tokens for the Tasks API.</summary>
    public const string Mcp = "taskmaster-mcp";

    /// <summary>The API's reference page, a public client in the reader's browser.</summary>
    public const string ApiPages = "taskmaster-docs";
}
