using System.ComponentModel;
using Taskmaster.Mcp.Api;

namespace Taskmaster.Mcp.Tools;

internal sealed record ProjectList([property: Description("The projects, oldest first")] IReadOnlyList<Project> Projects);
