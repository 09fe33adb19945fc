namespace Taskmaster.Mcp.Api;

/// <summary>What can act for a user, in the API's words once written in snake_case.</summary>
internal enum ViaKind
{
    Application,
    ApiKey,
    Website,
}
