using System.Net;
using System.Net.Sockets;

namespace Taskmaster.Tests.EndToEnd.LocalHost;

/// <summary>What cannot work is said in a sentence with a remedy, without a stack trace.</summary>
[Collection(LocalHostCollection.Name)]
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_taken_port_is_named_with_the_service_that_needs_it()
    {
        using var occupied = new TcpListener(IPAddress.Loopback, 5081);
        try
        {
            occupied.Start();
        }
        catch (SocketException)
        {
            // Somebody else has it already, which serves as well.
        }

        await AssertRefusedAsync(["is taken", "Properties/launchSettings.json"]);
    }

    [Fact]
    public Task A_missing_Postgres_is_missed_with_where_it_was_looked_for() =>
        AssertRefusedAsync(["There is no Postgres in /nowhere", "LocalHost:Postgres"], "--LocalHost:Postgres=/nowhere", "--LocalHost:RandomPorts=true");

    [Fact]
    public async Task A_data_folder_that_cannot_be_one_is_named()
    {
        var file = _folder.Of("file");
        await File.WriteAllTextAsync(file, "");

        await AssertRefusedAsync([$"The data folder {file} cannot be used", "--LocalHost:DataFolder="], $"--LocalHost:DataFolder={file}");
    }

    [Fact]
    public async Task A_service_that_ends_at_its_start_is_named_with_its_log()
    {
        // All three refuse this key, and they start side by side.
        var output = await AssertRefusedAsync(
            ["KeyRing:EncryptionKey must be a secret"], "--Parameters:key-encryption-key=short", "--LocalHost:RandomPorts=true");

        Assert.Matches(@"'(authserver|tasksapi|web)' ended with exit code (?s:.*)/\1\.log", output);
    }

    [Fact]
    public async Task Damaged_data_is_refused_and_a_fresh_start_goes_on_without_it()
    {
        await using (await HostProcess.StartAsync(_folder.Path))
        {
            // Only to have data.
        }

        var cluster = Assert.Single(Directory.GetDirectories(_folder.Of("postgres")));
        Directory.Delete(Path.Combine(cluster, "global"), recursive: true);

        await AssertRefusedAsync(["'postgres' ended with exit code", cluster, "-- --fresh"], "--LocalHost:RandomPorts=true");
        await using var fresh = await HostProcess.StartAsync(_folder.Path, "--fresh");
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_folder_is_refused_and_the_first_goes_on()
    {
        await using var first = await HostProcess.StartAsync(_folder.Path);

        await AssertRefusedAsync(["Another AppHost is running on the data folder", "--LocalHost:DataFolder="], "--LocalHost:RandomPorts=true");
        await StoredData.WriteAsync(first, _folder);
    }

    [Fact]
    public async Task Generated_secrets_are_long_and_only_their_owner_can_read_them()
    {
        await using var host = await HostProcess.StartAsync(_folder.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_folder.Of("parameters.json")).UnixFileMode);
        var parameters = StoredData.Parameters(_folder);
        Assert.Matches("^[A-Za-z0-9]{22}$", parameters["redis-password"]);
        Assert.Matches("^[A-Za-z0-9_.{}~()*+!-]{22}$", parameters["postgres-password"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["key-encryption-key"]);
        Assert.Matches("^[A-Za-z0-9]{43}$", parameters["web-client-secret"]);
        Assert.DoesNotContain(parameters, parameter => host.Output.Contains(parameter.Value, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> AssertRefusedAsync(string[] expected, params string[] arguments)
    {
        var (exitCode, output) = await HostProcess.FailAsync(_folder.Path, arguments);

        Assert.Equal(1, exitCode);
        Assert.All(expected, part => Assert.Contains(part, output, StringComparison.Ordinal));
        Assert.DoesNotContain("DistributedApplicationException", output, StringComparison.Ordinal);
        return output;
    }
}
