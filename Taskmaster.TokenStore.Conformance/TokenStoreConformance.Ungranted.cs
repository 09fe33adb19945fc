using Microsoft.Extensions.DependencyInjection;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.OpenIddict;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Conformance;

/// <summary>Access tokens without a grant, which one SET writes: their birth is read from their expiry.</summary>
public abstract partial class TokenStoreConformance
{
    [Fact]
    [Trait("Behaviour", "28")]
    public virtual async Task A_token_without_a_grant_is_dead_if_its_client_was_revoked_after_it_was_created()
    {
        var client = Grant.New().Client;
        var before = await Store.IssueUngrantedAsync(client);
        var stranger = await Store.IssueUngrantedAsync(Grant.New().Client);
        Assert.True(await Store.IsAliveAsync(before));

        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(client));
        await NextMillisecondAsync();
        var after = await Store.IssueUngrantedAsync(client);

        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(before));
        Assert.True(await Store.IsAliveAsync(after));
        Assert.True(await Store.IsAliveAsync(stranger));

        await Store.RevokeAsync(tokens => tokens.RevokeBySubjectAsync(client));
        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(after));
    }

    [Fact]
    public virtual async Task Only_where_its_client_was_revoked_does_a_token_without_a_grant_cost_a_second_round_trip()
    {
        var client = Grant.New().Client;
        _ = Store.RoundTrips.Take();

        var token = await Store.IssueUngrantedAsync(client);
        Assert.Equal("issue", Store.RoundTrips.Take());

        _ = await Store.StatusAsync(token);
        Assert.Equal("find", Store.RoundTrips.Take());

        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(client));
        _ = Store.RoundTrips.Take();
        _ = await Store.StatusAsync(token);
        Assert.Equal("find birth", Store.RoundTrips.Take());
    }

    [Fact]
    public virtual async Task A_writer_that_read_a_token_without_a_grant_before_its_client_was_revoked_cannot_undo_it()
    {
        var client = Grant.New().Client;
        var token = await Store.IssueUngrantedAsync(client);
        await using var scope = Store.Scope();
        var stale = (await StoreHost.Tokens(scope).FindByReferenceIdAsync(token))!;

        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(client));
        await NextMillisecondAsync();

        // Written anew, and to live for longer: what is written is no younger for it.
        stale.ExpirationDate += TimeSpan.FromHours(1);
        await StoreHost.Tokens(scope).UpdateAsync(stale);

        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(token));
    }

    [Fact]
    public virtual async Task A_token_without_a_grant_whose_key_has_lost_its_expiry_is_dead_once_its_client_was_revoked()
    {
        var client = Grant.New().Client;
        var token = await Store.IssueUngrantedAsync(client);
        var key = (await Store.KeysAsync("t:*")).Single();
        var value = await Database.StringGetAsync(key);
        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(client));

        // Somebody wrote the key again, without the expiry that its birth follows from.
        await Database.StringSetAsync(key, value);

        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(token));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public virtual async Task A_client_that_is_ended_ahead_of_time_gets_only_dead_tokens_until_it_is_revoked_without()
    {
        var grant = Grant.New();
        await using var scope = Store.Scope();

        await scope.ServiceProvider.GetRequiredService<TokenUnitOfWork>().EndClientAsync(grant.Client, TimeSpan.FromMinutes(1));

        Assert.False(await Store.IsAliveAsync(await Store.IssueUngrantedAsync(grant.Client)));
        Assert.False(await Store.IsAliveAsync(await Store.IssueAsync(grant)));
        Assert.True(await Store.IsAliveAsync(await Store.IssueUngrantedAsync(Grant.New().Client)));

        await Store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(grant.Client));
        Assert.True(await Store.IsAliveAsync(await Store.IssueAsync(grant)));
    }

    /// <summary>A birth is known to the millisecond, and in the same one as a revocation it counts as before it.</summary>
    private static async Task NextMillisecondAsync()
    {
        var now = TimeProvider.System.GetTimestamp();
        await Eventually.IsAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(now) >= TimeSpan.FromMilliseconds(2)));
    }
}
