namespace Taskmaster.Tests.EndToEnd.Local;

[Collection(HostProcessCollection.Name)]
public sealed class RunningHostTests(RunningHostTests.Host running) : IClassFixture<RunningHostTests.Host>
{
    [Fact]
    public async Task A_second_host_on_the_same_data_folder_is_refused_and_the_first_goes_on()
    {
        await HostProcess.AssertRefusedAsync(
            running.Folder.Path, ["Another AppHost is running on the data folder", "--Local:Instance="], "--Local:Instance=test");

        await StoredData.WriteAsync(running.Folder, "as before");
    }

    [Fact]
    public void Generated_secrets_are_long_and_only_their_owner_can_read_them()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(running.Folder.Of("parameters.json")).UnixFileMode);
        var parameters = StoredData.Parameters(running.Folder);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["redis-password"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["postgres-password"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["key-encryption-key"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["web-client-secret"]);
        Assert.DoesNotContain(parameters, parameter => running.Process.Output.Contains(parameter.Value, StringComparison.Ordinal));
    }

    public sealed class Host : IAsyncLifetime
    {
        private HostProcess? _process;

        internal TemporaryFolder Folder { get; } = new();

        internal HostProcess Process => _process ?? throw new InvalidOperationException("The host has not been started.");

        public async Task InitializeAsync() => _process = await HostProcess.StartAsync(Folder.Path);

        public async Task DisposeAsync()
        {
            await (_process?.DisposeAsync() ?? default);
            Folder.Dispose();
        }
    }
}
