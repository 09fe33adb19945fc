namespace Taskmaster.Tests.EndToEnd.Local;

[Collection(HostProcessCollection.Name)]
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, "INT", HostProcess.OfOrchestrator)]
    [InlineData("garnet", "KILL")]
    public async Task Whatever_ends_the_host_nothing_is_left_running_and_the_next_start_finds_all_data(
        string? redis, params string[] signals)
    {
        string[] arguments = redis is null ? [] : [$"--Local:Redis={redis}"];
        Dictionary<string, string>? parameters = null;
        var written = "";
        foreach (var signal in signals)
        {
            await using var host = await HostProcess.StartAsync(_folder.Path, arguments);
            await AssertKeptAsync();
            written = $"before {signal}";
            await StoredData.WriteAsync(_folder, written);
            parameters = StoredData.Parameters(_folder);

            var exitCode = await host.EndAsync(signal);

            Assert.Equal(signal switch { "KILL" => 128 + 9, HostProcess.OfOrchestrator => 1, _ => 0 }, exitCode);
        }

        await using var last = await HostProcess.StartAsync(_folder.Path, arguments);
        await AssertKeptAsync();

        async Task AssertKeptAsync()
        {
            if (parameters is not null)
            {
                await StoredData.AssertThereAsync(_folder, written);
                Assert.Equal(parameters, StoredData.Parameters(_folder));
            }
        }
    }

    [Fact]
    public async Task Damaged_data_is_refused_and_a_fresh_start_begins_with_empty_data()
    {
        await using (var first = await HostProcess.StartAsync(_folder.Path))
        {
            await StoredData.WriteAsync(_folder, "from before");
        }

        var cluster = Assert.Single(Directory.GetDirectories(_folder.Of("postgres")));
        Directory.Delete(Path.Combine(cluster, "global"), recursive: true);

        await HostProcess.AssertRefusedAsync(
            _folder.Path, ["'postgres-server' ended with exit code", "postgres"], "--Local:Instance=test");
        await using var fresh = await HostProcess.StartAsync(_folder.Path, "--fresh");
        await StoredData.AssertGoneAsync(_folder);
    }

    public void Dispose() => _folder.Dispose();
}
