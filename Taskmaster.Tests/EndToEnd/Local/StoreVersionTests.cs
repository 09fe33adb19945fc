using Taskmaster.AppHost.Local;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.EndToEnd.Local;

/// <summary>A store of this machine that is too old for the services is passed over.</summary>
[Collection(HostProcessCollection.Name)]
public sealed class StoreVersionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("Redis server v=6.2.14 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=0", false)]
    [InlineData("Redis server v=7.0.0 sha=00000000:0 malloc=jemalloc-5.2.1 bits=64 build=0", true)]
    [InlineData("Redis server v=10.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0", true)]
    [InlineData("Valkey server v=8.1.3 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0", true)]
    [InlineData("another server, which does not say", true)]
    public async Task Redis_is_the_first_that_knows_PEXPIRETIME_or_else_Garnet(string version, bool usable)
    {
        var server = await ProgramAsync("redis-server", version);

        Assert.Equal(usable ? server : LocalSettings.Garnet, await RedisProgram.FirstUsableAsync([null, server], default));
    }

    [Fact]
    public async Task An_old_Redis_is_passed_over_for_a_newer_Valkey()
    {
        var old = await ProgramAsync("redis-server", "Redis server v=6.0.16 sha=00000000:0");
        var newer = await ProgramAsync("valkey-server", "Valkey server v=7.2.5 sha=00000000:0");

        Assert.Equal(newer, await RedisProgram.FirstUsableAsync([old, newer], default));
    }

    [Fact]
    public async Task Postgres_is_the_first_that_knows_xid8()
    {
        var old = await PostgresAsync("old", "postgres (PostgreSQL) 12.20");
        var newer = await PostgresAsync("newer", "postgres (PostgreSQL) 13.0");

        Assert.Equal(new PostgresPrograms(newer, 13), await PostgresPrograms.FirstUsableAsync([null, old, "/nowhere", newer], default));
        Assert.Null(await PostgresPrograms.FirstUsableAsync([old], default));
    }

    [Fact]
    public async Task An_old_Postgres_that_was_chosen_is_refused()
    {
        var old = await PostgresAsync("old", "postgres (PostgreSQL) 12.20");

        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => PostgresPrograms.FindAsync(LocalSettingsTests.Settings(("Local:Postgres", old)), default));

        Assert.StartsWith($"The Postgres in {old} is 12, and 13 or newer is needed: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_Redis_that_was_chosen_is_refused()
    {
        var old = await ProgramAsync("redis-server", "Redis server v=6.2.14 sha=00000000:0");

        await HostProcess.AssertRefusedAsync(
            _folder.Of("data"), [$"The Redis server {old} is 6.2.14, and 7.0 or newer is needed: "],
            $"--Local:Redis={old}", "--Local:Instance=test");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> PostgresAsync(string folder, string version)
    {
        await ProgramAsync(Path.Combine(folder, "initdb"), version);
        return Path.GetDirectoryName(await ProgramAsync(Path.Combine(folder, "postgres"), version))!;
    }

    /// <summary>Says this whatever it is asked. A shell writes it: what this process has open for writing cannot be started.</summary>
    private async Task<string> ProgramAsync(string name, string output)
    {
        var program = _folder.Of(name);
        await Shell.RunAsync($"""
            mkdir -p '{Path.GetDirectoryName(program)}'
            printf '#!/bin/sh\necho "%s"\n' '{output}' > '{program}'
            chmod +x '{program}'
            """);
        return program;
    }
}
