using System.Buffers.Text;
using System.Security.Cryptography;
using Taskmaster.TokenStore.Conformance.Store;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Taskmaster.TokenStore.Conformance;

public abstract partial class TokenStoreConformance
{
    [Fact]
    [Trait("Behaviour", "4")]
    public virtual async Task A_token_is_kept_for_its_lifetime_and_the_margin_so_that_expired_is_told_from_unknown()
    {
        var expired = await Store.IssueAsync(Grant.New(), StoreHost.Code, TimeSpan.FromMilliseconds(1));
        var left = await Database.KeyTimeToLiveAsync((await Store.KeysAsync("t:*")).Single());

        Assert.InRange(left!.Value, TimeSpan.FromMinutes(9.5), TimeSpan.FromMinutes(10.01));
        Assert.Equal(Statuses.Valid, await Store.StatusAsync(expired));
        Assert.True((await Store.FindAsync(expired)).ExpirationDate < TimeProvider.System.GetUtcNow().AddMilliseconds(1));

        Assert.Null(await Store.StatusAsync(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))));
    }

    [Fact]
    public virtual async Task Redeeming_and_revoking_keep_the_time_to_live()
    {
        var grant = Grant.New();
        var code = await Store.IssueAsync(grant, StoreHost.Code, TimeSpan.FromMinutes(10));
        var bought = await Store.RedeemAsync(code);
        _ = await Store.RedeemAsync(bought.RefreshToken!);
        _ = await Store.RevokeTokenAsync(bought.AccessToken!);

        var keys = await Store.KeysAsync("t:*");
        Assert.Equal(5, keys.Count);
        foreach (var key in keys)
        {
            Assert.InRange((await Database.KeyTimeToLiveAsync(key))!.Value, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(71));
        }
    }

    [Fact]
    [Trait("Behaviour", "56")]
    public virtual async Task After_everything_has_expired_no_key_is_left()
    {
        await using var store = new StoreHost(connection, useFastRedisTokens, options =>
        {
            options.LongestLifetime = TimeSpan.FromSeconds(1);
            options.RetentionMargin = TimeSpan.FromMilliseconds(200);
        });

        var grants = Enumerable.Range(0, 50).Select(_ => Grant.New()).ToList();
        foreach (var grant in grants)
        {
            _ = await store.IssueAsync(grant, lifetime: TimeSpan.FromMilliseconds(500));
            await store.EndGrantAsync(grant);
            await store.RevokeAsync(tokens => tokens.RevokeBySubjectAsync(grant.Subject));
            await store.RevokeAsync(tokens => tokens.RevokeByApplicationIdAsync(grant.Client));
        }

        Assert.NotEmpty(await store.KeysAsync());
        await Eventually.IsAsync(async () => (await store.KeysAsync()).Count == 0);
    }

    [Fact]
    public virtual async Task A_bucket_drops_the_marks_that_no_living_token_is_older_than()
    {
        var old = Grant.New();
        await Store.EndGrantAsync(old);
        var bucket = (await Store.KeysAsync("g:*")).Single();
        var mark = (byte[])(await Database.StringGetAsync(bucket))!;

        // As if it had been made 31 days ago: longer than a token and its margin can live.
        var ago = TimeProvider.System.GetUtcNow().AddDays(-31).ToUnixTimeMilliseconds() * 1000;
        System.Text.Encoding.ASCII.GetBytes($"{ago:d16}", mark.AsSpan(16));
        var stranger = mark.ToArray();
        stranger[0] ^= 1;
        await Database.StringSetAsync(bucket, stranger);

        await Store.EndGrantAsync(old);

        Assert.Equal(32, (await Database.StringGetAsync(bucket)).Length());
    }

    [Fact]
    public virtual async Task A_token_that_would_outlive_the_marks_is_not_created() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.IssueAsync(Grant.New(), lifetime: TimeSpan.FromDays(31)));
}
