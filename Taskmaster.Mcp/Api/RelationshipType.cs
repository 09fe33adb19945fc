namespace Taskmaster.Mcp.Api;

/// <summary>How one task relates to another, in the API's words once written in snake_case.</summary>
internal enum RelationshipType
{
    Blocks,
    RelatesTo,
    Duplicates,
}
