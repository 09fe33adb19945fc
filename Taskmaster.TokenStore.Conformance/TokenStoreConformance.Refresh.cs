using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Taskmaster.TokenStore.Conformance.Store;
using Taskmaster.TokenStore.Redis;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Conformance;

public abstract partial class TokenStoreConformance
{
    // Of a token's value in Redis, format "T1".
    private const int StatusAt = 2;
    private const int RedeemedAt = 19;
    private const int TypeAt = 36;

    [Fact]
    [Trait("Behaviour", "30")]
    public virtual async Task Fifty_parallel_refreshes_all_succeed_and_share_one_refresh_token()
    {
        var first = await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code));

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Store.RedeemAsync(first.RefreshToken!))));

        Assert.All(all, bought => Assert.True(bought.Succeeded));
        Assert.Single(all.Select(bought => bought.RefreshToken).Distinct());
        Assert.Equal(50, all.Select(bought => bought.AccessToken).Distinct().Count());
        Assert.Single(all, bought => bought.Result == TokenCommitResult.Done);
        Assert.All(await Task.WhenAll(all.Select(bought => Store.IsAliveAsync(bought.AccessToken))), Assert.True);
        Assert.Equal(1, await LiveRefreshTokensAsync());
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public virtual async Task A_thousand_refreshes_of_one_grant_leave_one_live_refresh_token()
    {
        var token = (await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code))).RefreshToken!;

        for (var i = 0; i < 1000; i++)
        {
            token = (await Store.RedeemAsync(token)).RefreshToken!;
        }

        Assert.True(await Store.IsAliveAsync(token));
        Assert.Equal(1, await LiveRefreshTokensAsync());
    }

    [Fact]
    [Trait("Behaviour", "29")]
    public virtual async Task Reusing_a_refresh_token_after_the_leeway_ends_the_whole_family()
    {
        await using var strict = new StoreHost(connection, useFastRedisTokens, leeway: TimeSpan.Zero);
        var first = await strict.RedeemAsync(await strict.IssueAsync(Grant.New(), StoreHost.Code));
        var second = await strict.RedeemAsync(first.RefreshToken!);
        Assert.True(await strict.IsAliveAsync(second.AccessToken));

        Assert.Equal(TokenCommitResult.Replayed, (await strict.RedeemAsync(first.RefreshToken!)).Result);

        Assert.All(
            await Task.WhenAll(new[] { first.AccessToken, second.AccessToken, second.RefreshToken }.Select(strict.IsAliveAsync)),
            Assert.False);
        Assert.Equal(TokenCommitResult.Revoked, (await strict.RedeemAsync(second.RefreshToken!)).Result);
    }

    [Fact]
    public virtual async Task The_first_redemption_decides_the_leeway_however_often_the_token_is_used_within_it()
    {
        var first = await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code));
        _ = await Store.RedeemAsync(first.RefreshToken!);
        var redeemedAt = (await Store.FindAsync(first.RefreshToken!)).RedemptionDate;

        Assert.Equal(TokenCommitResult.DoneAgain, (await Store.RedeemAsync(first.RefreshToken!)).Result);

        Assert.NotNull(redeemedAt);
        Assert.Equal(redeemedAt, (await Store.FindAsync(first.RefreshToken!)).RedemptionDate);
    }

    [Fact]
    [Trait("Behaviour", "55")]
    public virtual async Task The_leeway_is_measured_by_Rediss_clock_so_that_a_server_whose_clock_is_off_kills_no_family()
    {
        var first = await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code));
        _ = await Store.RedeemAsync(first.RefreshToken!);
        var key = await KeyAsync(first.RefreshToken!);

        // As if it had been redeemed 29, then 31 seconds ago.
        await AgeRedemptionAsync(key, TimeSpan.FromSeconds(29));
        Assert.Equal(TokenCommitResult.DoneAgain, (await Store.RedeemAsync(first.RefreshToken!)).Result);

        await AgeRedemptionAsync(key, TimeSpan.FromSeconds(2));
        Assert.Equal(TokenCommitResult.Replayed, (await Store.RedeemAsync(first.RefreshToken!)).Result);
    }

    [Fact]
    public virtual async Task Revoking_a_refresh_token_ends_its_grant()
    {
        var bought = await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code));

        Assert.True(await Store.RevokeTokenAsync(bought.RefreshToken!));

        Assert.False(await Store.IsAliveAsync(bought.AccessToken));
        Assert.Equal(TokenCommitResult.Revoked, (await Store.RedeemAsync(bought.RefreshToken!)).Result);
    }

    [Fact]
    public virtual async Task Revoking_an_access_token_leaves_the_rest_of_its_grant()
    {
        var bought = await Store.RedeemAsync(await Store.IssueAsync(Grant.New(), StoreHost.Code));

        Assert.True(await Store.RevokeTokenAsync(bought.AccessToken!));

        Assert.Equal(Statuses.Revoked, await Store.StatusAsync(bought.AccessToken!));
        Assert.True((await Store.RedeemAsync(bought.RefreshToken!)).Succeeded);
    }

    /// <summary>By the entries themselves: a refresh token that no caller was given would count as well.</summary>
    private async Task<int> LiveRefreshTokensAsync()
    {
        var live = 0;
        foreach (var key in await Store.KeysAsync("t:*"))
        {
            var header = (byte[])(await Database.StringGetRangeAsync(key, 0, 40))!;
            live += (header[StatusAt], header[TypeAt]) == ('v', 'f') ? 1 : 0;
        }

        return live;
    }

    private async Task<string> KeyAsync(string reference)
    {
        var name = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(reference)).AsSpan(0, 20));
        return (await Store.KeysAsync("t:*")).Select(key => key.ToString()).Single(key => key.EndsWith(name, StringComparison.Ordinal));
    }

    private async Task AgeRedemptionAsync(string key, TimeSpan by)
    {
        var redeemed = (long)await Database.StringGetRangeAsync(key, RedeemedAt, RedeemedAt + 15);
        await Database.StringSetRangeAsync(key, RedeemedAt, $"{redeemed - (long)by.TotalMicroseconds:d16}");
    }
}
