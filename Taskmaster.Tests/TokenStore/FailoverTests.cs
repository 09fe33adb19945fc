using StackExchange.Redis;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.Tests.TokenStore;

/// <summary>A primary and its replica, which takes over: what that can lose, and what bounds it. The README says the same.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private readonly RedisProcess[] _processes =
        [.. Enumerable.Range(0, 2).Select(
            _ => new RedisProcess("--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0"))];

    private IConnectionMultiplexer _primaryConnection = null!;
    private IConnectionMultiplexer _replicaConnection = null!;

    public async Task InitializeAsync()
    {
        PrimaryProcess.Start();
        ReplicaProcess.Start();
        _primaryConnection = await TokenRedis.ConnectAsync(TokenRedis.Configure([PrimaryProcess.Address]));
        _replicaConnection = await TokenRedis.ConnectAsync(TokenRedis.Configure([ReplicaProcess.Address]));
        await Replica.ExecuteAsync("REPLICAOF", "127.0.0.1", PrimaryProcess.Port);
        await TokenRedis.UntilAsync(async () => (string?)(await Replica.InfoAsync("replication"))
            .Single()
            .Single(line => line.Key == "master_link_status").Value == "up");
    }

    public async Task DisposeAsync()
    {
        await _primaryConnection.DisposeAsync();
        await _replicaConnection.DisposeAsync();
        await PrimaryProcess.DisposeAsync();
        await ReplicaProcess.DisposeAsync();
    }

    private RedisProcess PrimaryProcess => _processes[0];

    private RedisProcess ReplicaProcess => _processes[1];

    private IServer Primary => _primaryConnection.GetServers().Single();

    private IServer Replica => _replicaConnection.GetServers().Single();

    [Fact]
    [Trait("Behaviour", "50")]
    public async Task What_the_replica_has_received_survives_and_what_it_has_not_is_lost()
    {
        await using var store = new StoreHost(_primaryConnection, FastWings.AreIn);
        var (received, missed) = (Grant.New(), Grant.New());
        var (code, spentCode) = (await store.IssueAsync(missed, StoreHost.Code), await store.IssueAsync(received, StoreHost.Code));
        var (token, revokedToken) = (await store.IssueAsync(Grant.New()), await store.IssueAsync(Grant.New()));
        Assert.True((await store.RedeemAsync(spentCode)).Succeeded);
        Assert.True(await store.RevokeTokenAsync(revokedToken));
        await ReceivedAsync();

        // Promoted while clients still write to the old primary, which dies a moment later.
        await PromoteAsync();
        Assert.True((await store.RedeemAsync(code)).Succeeded);
        Assert.True(await store.RevokeTokenAsync(token));
        await PrimaryProcess.KillAsync();

        await using var after = new StoreHost(_replicaConnection, FastWings.AreIn, options => options.KeyPrefix = store.Prefix);
        Assert.Equal(TokenCommitResult.Replayed, (await after.RedeemAsync(spentCode)).Result);
        Assert.Equal(Statuses.Revoked, await after.StatusAsync(revokedToken));

        // The loss that asynchronous replication allows, and that the next test bounds.
        Assert.Equal(Statuses.Valid, await after.StatusAsync(token));
        Assert.True((await after.RedeemAsync(code)).Succeeded);
    }

    [Fact]
    [Trait("Behaviour", "50")]
    public async Task With_min_replicas_to_write_a_primary_that_lost_its_replica_stops_writing_and_says_so()
    {
        await Primary.ConfigSetAsync("min-replicas-to-write", "1");
        await Primary.ConfigSetAsync("min-replicas-max-lag", "1");
        await using var store = new StoreHost(_primaryConnection, FastWings.AreIn);

        // A replica reports once a second, so on a busy machine a good one can be late as well.
        var token = "";
        await TokenRedis.UntilAsync(async () => !await ThrowsUnavailableAsync(async () => token = await store.IssueAsync(Grant.New())));

        ReplicaProcess.Pause();

        // Within the lag writes are still answered; after it none is, and none can be lost.
        await TokenRedis.UntilAsync(async () => await ThrowsUnavailableAsync(() => store.IssueAsync(Grant.New())));
        Assert.True(await ThrowsUnavailableAsync(() => store.RevokeTokenAsync(token)));
        Assert.Equal(Statuses.Valid, await store.StatusAsync(token));

        ReplicaProcess.Continue();
        await TokenRedis.UntilAsync(async () => !await ThrowsUnavailableAsync(() => store.RevokeTokenAsync(token)));
        Assert.Equal(Statuses.Revoked, await store.StatusAsync(token));
    }

    [Fact]
    [Trait("Behaviour", "50")]
    public async Task Nothing_that_was_answered_comes_back_to_life_when_Redis_restarts_from_its_own_file()
    {
        await using var store = new StoreHost(_primaryConnection, FastWings.AreIn);
        var (redeemed, revoked) = (new List<string>(), new List<string>());
        var killed = Task.CompletedTask;

        // Killed while it writes; the last attempt fails, all before it were answered.
        for (var round = 0; !await ThrowsUnavailableAsync(() => SpendAsync(store, redeemed, revoked)); round++)
        {
            killed = round == 50 ? PrimaryProcess.KillAsync() : killed;
        }

        await killed;
        PrimaryProcess.Start();
        await TokenRedis.UntilAsync(async () => await _primaryConnection.GetDatabase().PingAsync() > TimeSpan.Zero);

        Assert.InRange(redeemed.Count, 50, int.MaxValue);
        foreach (var code in redeemed)
        {
            Assert.Equal(Statuses.Redeemed, await store.StatusAsync(code));
        }

        foreach (var token in revoked)
        {
            Assert.Equal(Statuses.Revoked, await store.StatusAsync(token));
        }
    }

    private static async Task SpendAsync(StoreHost store, List<string> redeemed, List<string> revoked)
    {
        var (code, token) = (await store.IssueAsync(Grant.New(), StoreHost.Code), await store.IssueAsync(Grant.New()));

        Assert.True((await store.RedeemAsync(code)).Succeeded);
        redeemed.Add(code);

        Assert.True(await store.RevokeTokenAsync(token));
        revoked.Add(token);
    }

    private static async Task<bool> ThrowsUnavailableAsync(Func<Task> action)
    {
        try
        {
            await action();
            return false;
        }
        catch (TokenStoreUnavailableException)
        {
            return true;
        }
    }

    private Task ReceivedAsync() => TokenRedis.UntilAsync(
        async () => await _primaryConnection.GetDatabase().ExecuteAsync("WAIT", 1, 1000) is var count && (int)count == 1);

    private async Task PromoteAsync()
    {
        await Replica.ExecuteAsync("REPLICAOF", "NO", "ONE");

        // The connection learns of the role at its next look at the server.
        await TokenRedis.UntilAsync(async () => await ((ConnectionMultiplexer)_replicaConnection).ConfigureAsync() && !Replica.IsReplica);
    }
}
