namespace Taskmaster.Mcp.Authentication;

/// <summary>The body of a refusal, as the Tasks API writes it: <c>{"error", "error_description"}</c>.</summary>
internal sealed record AccessError(string Error, string ErrorDescription);
