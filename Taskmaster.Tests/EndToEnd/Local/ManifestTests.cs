using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What AppHost.cs publishes.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_published_Redis_keeps_what_it_was_told_and_the_stores_are_containers_whatever_this_machine_has()
    {
        var file = _folder.Of("manifest.json");
        using var publish = Process.Start(
            new ProcessStartInfo("dotnet", [HostProcess.Program, "--publisher", "manifest", "--output-path", file])
            {
                WorkingDirectory = Projects.Taskmaster_AppHost.ProjectPath,
                RedirectStandardOutput = true,
            })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);

        var resources = JsonNode.Parse(await File.ReadAllTextAsync(file))!["resources"]!;
        Assert.Equal(
            ["-c", "redis-server --requirepass $REDIS_PASSWORD --save 60 1 --appendonly yes --appendfsync always --maxmemory-policy "
                + "noeviction"],
            resources["redis"]!["args"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        Assert.StartsWith("container.", resources["redis"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("container.", resources["postgres"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(resources["redis-server"]);
    }

    public void Dispose() => _folder.Dispose();
}
