using System.ComponentModel;

namespace Taskmaster.Mcp.Api;

internal sealed record Via(
    [property: Description("An application, an API key, or the website, where the user acts")] ViaKind Kind,
    [property: Description("Id of the application or API key")] string ClientId);
