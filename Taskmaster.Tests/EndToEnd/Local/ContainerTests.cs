using System.Net;
using Taskmaster.ServiceDefaults.Names;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>The stores as containers of an engine that runs here.</summary>
[Collection(HostProcessCollection.Name)]
[Trait("Needs", "containers")]
public sealed class ContainerTests : IDisposable
{
    private const string AsContainers = "--Local:Stores=containers";

    private readonly TemporaryFolder _folder = new();

    [ContainerFact]
    public async Task As_containers_the_stores_keep_their_data_when_the_host_is_killed_and_none_is_left_running()
    {
        await using (var first = await HostProcess.StartAsync(_folder.Path, AsContainers))
        {
            Assert.Equal(HttpStatusCode.OK, (await DemoTasksAsync(first)).Status);
            Assert.Equal("OK", await RedisAsync("set kept yes"));
            Assert.Equal("CREATE TABLE", await PostgresAsync("create table kept as select 1; create table also_kept ()"));

            Assert.Equal(128 + 9, await first.EndAsync("KILL"));
            Assert.Empty(await ContainersAsync());
        }

        await using var second = await HostProcess.StartAsync(_folder.Path, AsContainers);
        Assert.Equal(HttpStatusCode.OK, (await DemoTasksAsync(second)).Status);
        Assert.Equal("yes", await RedisAsync("get kept"));
        Assert.Equal("kept", await PostgresAsync("select to_regclass('kept')"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<Answer> DemoTasksAsync(HostProcess host) =>
        await host.DemoClient.GetTasksAsync((await host.DemoClient.ClientCredentialsAsync()).AccessToken);

    private Task<string> RedisAsync(string command) =>
        InContainerAsync(
            ResourceNames.Redis, $"-e REDISCLI_AUTH={StoredData.Parameters(_folder)["redis-password"]}", $"redis-cli {command}");

    private Task<string> PostgresAsync(string statements) => InContainerAsync(
        ResourceNames.Postgres, $"-e PGPASSWORD={StoredData.Parameters(_folder)["postgres-password"]}",
        $"psql -h 127.0.0.1 -U postgres -tA -c \"{statements}\"");

    private async Task<string> InContainerAsync(string store, string environment, string command)
    {
        var container = Assert.Single(await ContainersAsync(), name => name.StartsWith($"{store}-", StringComparison.Ordinal));
        return (await Shell.RunAsync($"{ContainerFactAttribute.Engine} exec {environment} {container} {command}")).Trim().Split('\n')[^1];
    }

    /// <summary>The names of this instance's running containers.</summary>
    private async Task<string[]> ContainersAsync()
    {
        var volumes = $"taskmaster-{StoredData.Parameters(_folder)["volumes"]}";
        var names = await Task.WhenAll(new[] { ResourceNames.Redis, ResourceNames.Postgres }
            .Select(store => Shell.RunAsync(
                $"{ContainerFactAttribute.Engine} ps --format '{{{{.Names}}}}' --filter volume={volumes}-{store}")));
        return [.. names.SelectMany(lines => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
    }
}
