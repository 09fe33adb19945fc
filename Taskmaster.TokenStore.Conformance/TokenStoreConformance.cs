using System.Text;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using StackExchange.Redis;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Conformance;

/// <summary>
/// What the store promises on any server that speaks Redis. A server to be supported is one subclass; where it differs, the
/// subclass overrides the test, with the reason in <see cref="FactAttribute.Skip"/>.
/// </summary>
/// <param name="connection">To the server. It stays the caller's: xunit makes an instance of the class for each test.</param>
/// <param name="useFastRedisTokens">Whether the store is tried with <c>UseFastRedisTokens()</c>.</param>
public abstract partial class TokenStoreConformance(IConnectionMultiplexer connection, bool useFastRedisTokens = false) : IAsyncLifetime
{
    /// <summary>More at once would only wait for the machine, and count as an outage.</summary>
    private static readonly ParallelOptions Gently = new() { MaxDegreeOfParallelism = 32 };

    private StoreHost Store { get; } = new(connection, useFastRedisTokens);

    private IDatabase Database => connection.GetDatabase();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    [Trait("Behaviour", "1")]
    public virtual async Task Replaying_a_redeemed_code_revokes_the_tokens_it_bought()
    {
        var code = await Store.IssueAsync(Grant.New(), StoreHost.Code);
        var bought = await Store.RedeemAsync(code);
        Assert.True(await Store.IsAliveAsync(bought.AccessToken));

        var replay = await Store.RedeemAsync(code);

        Assert.Equal(TokenCommitResult.Replayed, replay.Result);
        Assert.False(await Store.IsAliveAsync(bought.AccessToken));
        Assert.False(await Store.IsAliveAsync(bought.RefreshToken));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public virtual async Task Of_a_hundred_parallel_redemptions_of_each_of_a_hundred_codes_exactly_one_wins_and_its_tokens_die()
    {
        for (var round = 0; round < 100; round++)
        {
            var code = await Store.IssueAsync(Grant.New(), StoreHost.Code);

            var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Store.RedeemAsync(code))));

            var winner = Assert.Single(all, bought => bought.Succeeded);
            Assert.False(await Store.IsAliveAsync(winner.AccessToken));
            Assert.False(await Store.IsAliveAsync(winner.RefreshToken));
        }
    }

    [Fact]
    public virtual async Task A_redemption_and_a_revocation_of_its_grant_leave_nothing_alive_in_either_order()
    {
        for (var round = 0; round < 50; round++)
        {
            var grant = Grant.New();
            var code = await Store.IssueAsync(grant, StoreHost.Code);

            var redemption = Task.Run(() => Store.RedeemAsync(code));
            await Task.WhenAll(redemption, Task.Run(() => Store.EndGrantAsync(grant)));

            Assert.False(await Store.IsAliveAsync((await redemption).AccessToken));
            Assert.False(await Store.IsAliveAsync((await redemption).RefreshToken));
        }
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public virtual async Task A_token_created_while_its_user_or_client_is_revoked_is_dead_if_its_grant_began_before()
    {
        for (var round = 0; round < 25; round++)
        {
            var grant = Grant.New();
            var code = await Store.IssueAsync(grant, StoreHost.Code);
            var redemption = Task.Run(() => Store.RedeemAsync(code));
            await Task.WhenAll(redemption, Task.Run(() => Store.RevokeAsync(round % 2 == 0
                ? tokens => tokens.RevokeBySubjectAsync(grant.Subject)
                : tokens => tokens.RevokeByApplicationIdAsync(grant.Client))));

            Assert.False(await Store.IsAliveAsync((await redemption).AccessToken));
            Assert.False(await Store.IsAliveAsync((await redemption).RefreshToken));
        }
    }

    [Fact]
    public virtual async Task Nothing_is_created_in_a_grant_that_has_ended()
    {
        var grant = Grant.New();
        await Store.EndGrantAsync(grant);

        var token = await Store.IssueAsync(grant);

        Assert.Null(await Store.StatusAsync(token));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "33")]
    public virtual async Task A_mark_revokes_what_was_begun_before_it_and_nothing_else()
    {
        var grant = Grant.New();
        var other = Grant.New();
        var before = await Store.IssueAsync(grant);
        var stranger = await Store.IssueAsync(other);

        await Store.RevokeAsync(tokens => tokens.RevokeBySubjectAsync(grant.Subject));
        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(before));
        Assert.True(await Store.IsAliveAsync(stranger));

        var signedInAgain = await Store.IssueAsync(grant.Another());
        Assert.True(await Store.IsAliveAsync(signedInAgain));

        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(grant.Client));
        Assert.False(await Store.IsAliveAsync(signedInAgain));
        Assert.True(await Store.IsAliveAsync(stranger));
    }

    [Fact]
    [Trait("Behaviour", "33")]
    public virtual async Task Disconnecting_one_client_leaves_the_users_other_clients()
    {
        var grant = Grant.New();
        var elsewhere = Grant.New() with { Subject = grant.Subject };
        var here = await Store.IssueAsync(grant);
        var there = await Store.IssueAsync(elsewhere);

        await Store.RevokeAsync(tokens => tokens.RevokeAsync(grant.Subject, grant.Client, status: null, type: null));

        Assert.False(await Store.IsAliveAsync(here));
        Assert.True(await Store.IsAliveAsync(there));
    }

    [Fact]
    public virtual async Task Ten_thousand_tokens_of_a_grant_are_revoked_by_one_write()
    {
        var grant = Grant.New();
        var tokens = new string[10_000];
        await Parallel.ForAsync(0, tokens.Length, Gently, async (i, _) => tokens[i] = await Store.IssueAsync(grant));
        _ = Store.RoundTrips.Take();

        await Store.EndGrantAsync(grant);

        Assert.Equal("mark", Store.RoundTrips.Take());
        await Parallel.ForEachAsync(tokens, Gently, async (token, _) => Assert.Equal(Statuses.Revoked, await Store.StatusAsync(token)));
    }

    [Fact]
    public virtual async Task A_writer_that_read_before_a_revocation_cannot_undo_it()
    {
        var token = await Store.IssueAsync(Grant.New());
        await using var scope = Store.Scope();
        var stale = (await StoreHost.Tokens(scope).FindByReferenceIdAsync(token))!;

        Assert.True(await Store.RevokeTokenAsync(token));

        stale.Status = Statuses.Valid;
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await StoreHost.Tokens(scope).UpdateAsync(stale));
        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(token));
    }

    [Fact]
    public virtual async Task Of_two_writers_that_read_the_same_the_second_loses()
    {
        var token = await Store.IssueAsync(Grant.New());
        await using var one = Store.Scope();
        await using var two = Store.Scope();
        var first = (await StoreHost.Tokens(one).FindByReferenceIdAsync(token))!;
        var second = (await StoreHost.Tokens(two).FindByReferenceIdAsync(token))!;

        first.Payload = "first";
        await StoreHost.Tokens(one).UpdateAsync(first);

        second.Payload = "second";
        await Assert.ThrowsAsync<OpenIddictExceptions.ConcurrencyException>(async () => await StoreHost.Tokens(two).UpdateAsync(second));
        Assert.Equal("first", (await Store.FindAsync(token)).Payload);
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public virtual async Task Five_failed_attempts_burn_a_code_even_when_they_come_at_once()
    {
        var code = await Store.IssueAsync(Grant.New(), StoreHost.Code);
        var id = (await Store.FindAsync(code)).Id!;

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.FailedAttempts.CountAsync(id).AsTask()));
        Assert.Equal([1, 2, 3, 4], counts.Order());
        Assert.True(await Store.IsAliveAsync(code));

        Assert.Equal(5, await Store.FailedAttempts.CountAsync(id));
        Assert.Equal(TokenCommitResult.Revoked, (await Store.RedeemAsync(code)).Result);
    }

    [Fact]
    public virtual async Task Everything_a_token_holds_is_read_back()
    {
        var grant = Grant.New();
        var found = await Store.FindAsync(await Store.IssueAsync(grant, StoreHost.Code, TimeSpan.FromMinutes(10)));

        Assert.Equal((grant.Id, grant.Subject, grant.Client), (found.AuthorizationId, found.Subject, found.ApplicationId));
        Assert.Equal((StoreHost.Code, Statuses.Valid, "CfDJ8-a-protected-payload"), (found.Type, found.Status, found.Payload));
        Assert.Equal(TimeSpan.FromMinutes(10), found.ExpirationDate - found.CreationDate);
        Assert.Null(found.RedemptionDate);
    }

    [Fact]
    public virtual async Task A_flushed_script_cache_changes_nothing()
    {
        var code = await Store.IssueAsync(Grant.New(), StoreHost.Code);

        foreach (var server in connection.GetServers().Where(server => server.IsConnected))
        {
            await server.ExecuteAsync("SCRIPT", "FLUSH");
        }

        Assert.True((await Store.RedeemAsync(code)).Succeeded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("T1v")]
    [InlineData("T0v17954232791269290000000000000000000c0000")]
    [InlineData("a value that somebody else wrote under the key of a token, long enough to be one")]
    public virtual async Task A_value_that_is_not_a_token_of_this_version_gives_no_access_and_is_logged(string value)
    {
        var token = await Store.IssueAsync(Grant.New());
        var key = (await Store.KeysAsync("t:*")).Single();
        await Database.StringSetAsync(key, value);

        Assert.Null(await Store.StatusAsync(token));
        Assert.Contains(
            Store.Logs.Entries, entry => entry.Level == LogLevel.Error && entry.Text.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public virtual async Task A_value_cut_off_anywhere_gives_no_access()
    {
        var token = await Store.IssueAsync(Grant.New());
        var key = (await Store.KeysAsync("t:*")).Single();
        var whole = (byte[])(await Database.StringGetAsync(key))!;

        for (var length = 1; length < whole.Length; length++)
        {
            await Database.StringSetAsync(key, whole[..length]);
            Assert.Null(await Store.StatusAsync(token));
        }

        await Database.StringSetAsync(key, whole);
        Assert.True(await Store.IsAliveAsync(token));
    }

    [Fact]
    public virtual async Task A_bucket_of_marks_that_cannot_be_read_gives_no_access()
    {
        var grant = Grant.New();
        var token = await Store.IssueAsync(grant);
        await Store.EndGrantAsync(grant);
        await Database.StringSetAsync((await Store.KeysAsync("g:*")).Single(), "half a mark");

        Assert.Null(await Store.StatusAsync(token));
        Assert.Contains(Store.Logs.Entries, entry => entry.Level == LogLevel.Error);
    }

    [Fact]
    [Trait("Behaviour", "12")]
    public virtual async Task Redis_holds_no_reference_in_clear()
    {
        var grant = Grant.New();
        var code = await Store.IssueAsync(grant, StoreHost.Code);
        var bought = await Store.RedeemAsync(code);
        _ = await Store.RedeemAsync(bought.RefreshToken!);
        await Store.RevokeAsync(tokens => tokens.RevokeBySubjectAsync(grant.Subject));

        var keys = await Store.KeysAsync();
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            var text = key.ToString() + Encoding.Latin1.GetString((byte[])(await Database.StringGetAsync(key))!);
            Assert.DoesNotContain(code, text, StringComparison.Ordinal);
            Assert.DoesNotContain(bought.AccessToken!, text, StringComparison.Ordinal);
            Assert.DoesNotContain(bought.RefreshToken!, text, StringComparison.Ordinal);
        }
    }
}
