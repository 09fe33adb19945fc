namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What AppHost.cs publishes.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task A_published_Redis_keeps_what_it_was_told_and_the_stores_are_containers_whatever_this_machine_has()
    {
        var resources = await PublishedManifest.ResourcesAsync();

        Assert.Equal(
            ["-c", "redis-server --requirepass $REDIS_PASSWORD --save 60 1 --appendonly yes --appendfsync always --maxmemory-policy "
                + "noeviction"],
            resources["redis"]!["args"]!.AsArray().Select(argument => argument!.GetValue<string>()));
        Assert.StartsWith("container.", resources["redis"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("container.", resources["postgres"]!["type"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(resources["redis-server"]);
    }
}
