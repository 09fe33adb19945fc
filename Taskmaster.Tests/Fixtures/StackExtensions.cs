using System.Text.Json.Nodes;

namespace Taskmaster.Tests.Fixtures;

/// <summary>Who talks to the stack.</summary>
public static class StackExtensions
{
    private static readonly JsonNode Demo = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Projects.Taskmaster_AppHost.ProjectPath, "appsettings.Development.json")))!["Demo"]!;

    /// <summary>A browser without cookies yet.</summary>
    public static Browser Browser(this Stack stack) => new(stack.PublicOrigin);

    /// <summary>The issuer as discovery and id_tokens write it: the public origin without a trailing slash.</summary>
    public static string Issuer(this Stack stack) => stack.PublicOrigin.GetLeftPart(UriPartial.Authority);

    /// <summary>The client that Development comes with.</summary>
    public static RegisteredClient DemoClient(this Stack stack) => new(
        stack.PublicOrigin, Demo["ClientId"]!.GetValue<string>(), Demo["ClientSecret"]!.GetValue<string>(), RedirectUri: null);
}
