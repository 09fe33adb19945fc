namespace Taskmaster.Mcp.Authentication;

/// <summary>The scope that a caller's token must have for the tool, resource or prompt: without one it is only listed.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class RequiresScopeAttribute(string scope) : Attribute
{
    public string Scope => scope;
}
