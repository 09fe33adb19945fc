using Taskmaster.AppHost.Local;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>Whether the stores are containers or programs.</summary>
public sealed class StoreModeTests : IDisposable
{
    private const string Containers = "containers";
    private const string Programs = "programs";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData(Containers, true, true)]
    [InlineData(Programs, true, false)]
    public async Task Without_data_they_are_what_is_set_or_else_what_the_machine_has(string? set, bool engineRuns, bool containers) =>
        Assert.Equal(containers, await IsContainersAsync(set, engineRuns));

    [Theory]
    [InlineData(true, false, true, true)]
    [InlineData(false, true, true, false)]
    [InlineData(false, true, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(true, true, false, false)]
    public async Task With_data_they_are_what_wrote_it(bool inVolumes, bool inFolder, bool engineRuns, bool containers)
    {
        await WriteAsync(inVolumes, inFolder);

        Assert.Equal(containers, await IsContainersAsync(null, engineRuns));
    }

    [Fact]
    public async Task What_an_interrupted_initdb_left_is_no_data()
    {
        Directory.CreateDirectory(_folder.Of("postgres", "15.new"));

        Assert.True(await IsContainersAsync(null, engineRuns: true));
    }

    [Fact]
    public async Task Data_in_volumes_is_not_left_for_empty_data_because_the_engine_does_not_run()
    {
        await WriteAsync(inVolumes: true, inFolder: false);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => IsContainersAsync(null, engineRuns: false));

        Assert.Contains("--Local:Stores=programs", refusal.Message, StringComparison.Ordinal);
        Assert.False(await IsContainersAsync(Programs, engineRuns: false));
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(bool inVolumes, bool inFolder)
    {
        await File.WriteAllTextAsync(_folder.Of("parameters.json"), inVolumes ? """{"volumes":"0123456789ab"}""" : "{}");
        if (inFolder)
        {
            Directory.CreateDirectory(_folder.Of("postgres", "15"));
        }
    }

    private async Task<bool> IsContainersAsync(string? set, bool engineRuns)
    {
        using var instance = new LocalInstance(
            LocalSettingsTests.Settings(("Local:DataFolder", _folder.Path), ("Local:Stores", set)));
        return await StoreMode.IsContainersAsync(instance, () => Task.FromResult(engineRuns));
    }
}
