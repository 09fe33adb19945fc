namespace Taskmaster.Tests.EndToEnd.LocalHost;

[Collection(LocalHostCollection.Name)]
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    [InlineData("KILL", "--LocalHost:Redis=garnet")]
    public async Task Whatever_ends_the_host_nothing_is_left_running_and_the_next_start_finds_all_data(string signal, params string[] arguments)
    {
        Dictionary<string, string> parameters;
        await using (var first = await HostProcess.StartAsync(_folder.Path, arguments))
        {
            await StoredData.WriteAsync(first, _folder);
            parameters = StoredData.Parameters(_folder);
            var exitCode = await first.EndAsync(signal);
            Assert.Equal(signal == "KILL" ? 128 + 9 : 0, exitCode);
        }

        await using var second = await HostProcess.StartAsync(_folder.Path, arguments);
        await StoredData.AssertThereAsync(second, _folder);
        Assert.Equal(parameters, StoredData.Parameters(_folder));
    }

    [Fact]
    public async Task A_fresh_start_begins_with_empty_data()
    {
        await using (var first = await HostProcess.StartAsync(_folder.Path))
        {
            await StoredData.WriteAsync(first, _folder);
        }

        await using var second = await HostProcess.StartAsync(_folder.Path, "--fresh");
        await StoredData.AssertGoneAsync(second, _folder);
    }

    public void Dispose() => _folder.Dispose();
}
