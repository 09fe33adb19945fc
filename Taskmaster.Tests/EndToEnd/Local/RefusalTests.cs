using System.Net;
using System.Net.Sockets;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>What cannot work is said in a sentence with a remedy, without a stack trace.</summary>
[Collection(HostProcessCollection.Name)]
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

        await AssertRefusedAsync(["Port 5081, which 'authserver' is to listen on, is taken", "--Local:Instance="]);
    }

    [Fact]
    public Task A_missing_Postgres_is_missed_with_where_it_was_looked_for() =>
        AssertRefusedAsync(["There is no Postgres in /nowhere", "Local:Postgres"], "--Local:Postgres=/nowhere", "--Local:Instance=test");

    [Fact]
    public async Task A_data_folder_that_cannot_be_one_is_named()
    {
        var file = _folder.Of("file");
        await File.WriteAllTextAsync(file, "");

        await AssertRefusedAsync([$"The data folder {file} cannot be used", "--Local:DataFolder="], $"--Local:DataFolder={file}");
    }

    [Fact]
    public async Task A_file_of_a_store_that_cannot_be_written_is_named()
    {
        Directory.CreateDirectory(_folder.Of("redis-garnet", "arguments"));
        await File.WriteAllTextAsync(_folder.Of("parameters.json"), "{}");

        await AssertRefusedAsync(
            [$"The data folder {_folder.Path} cannot be used (", "arguments"], "--Local:Instance=test", "--Local:Redis=garnet");
    }

    [Fact]
    public Task Containers_without_a_running_engine_are_refused() => HostProcess.AssertRefusedAsync(
        _folder.Path,
        new Dictionary<string, string> { ["ASPIRE_CONTAINER_RUNTIME"] = "docker", ["DOCKER_HOST"] = "unix:///nowhere" },
        ["The setting Local:Stores is 'containers', and no container engine runs here: "],
        "--Local:Stores=containers", "--Local:Instance=test");

    [Fact]
    public async Task A_service_that_ends_at_its_start_is_named_with_its_log()
    {
        // All three refuse this key, and they start side by side.
        var output = await AssertRefusedAsync(
            ["KeyRing:EncryptionKey must be a secret"], "--Parameters:key-encryption-key=short", "--Local:Instance=test");

        Assert.Matches("'(authserver|tasksapi|mcp|web)' ended with exit code", output);
    }

    [Theory]
    [InlineData("The setting Local:Stores is 'cloud'; it can be 'containers' or 'programs'", "--Local:Stores=cloud")]
    [InlineData("The setting Local:Instance is 'a b'", "--Local:Instance=a b")]
    [InlineData("--fresh has taken '--Local:Instance=test' for its value: put it last", "--fresh", "--Local:Instance=test")]
    [InlineData("The password Parameters:postgres-password has white space or one of the characters ;'\" in "
        + "it", "--Parameters:postgres-password=a;Database=other")]
    [InlineData("The setting Local:Fresh is 'yes'; it can be 'true' or 'false'", "--Local:Fresh=yes")]
    [InlineData("The setting Fetch:AllowLoopback is 'yes'; it can be 'true' or 'false'", "--Fetch:AllowLoopback=yes")]
    public Task A_setting_without_a_meaning_is_named_with_those_that_have_one(string sentence, params string[] arguments) =>
        AssertRefusedAsync([sentence], arguments);

    public void Dispose() => _folder.Dispose();

    private Task<string> AssertRefusedAsync(string[] expected, params string[] arguments) =>
        HostProcess.AssertRefusedAsync(_folder.Path, expected, arguments);
}
