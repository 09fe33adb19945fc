using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What AppHost.cs publishes, asked for once.</summary>
internal static class PublishedManifest
{
    private static readonly Lazy<Task<JsonNode>> Published = new(PublishAsync);

    public static async Task<JsonNode> ResourcesAsync() => (await Published.Value)["resources"]!;

    private static async Task<JsonNode> PublishAsync()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Of("manifest.json");
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", [HostProcess.Program, "--publisher", "manifest", "--output-path", file])
            {
                WorkingDirectory = Projects.Taskmaster_AppHost.ProjectPath,
                RedirectStandardOutput = true,
            })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
        return JsonNode.Parse(await File.ReadAllTextAsync(file))!;
    }
}
