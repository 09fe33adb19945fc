using System.Diagnostics;
using System.Net;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.OAuth;
using Taskmaster.Tests.TokenStore.Servers;
using Taskmaster.TokenStore.Redis;

namespace Taskmaster.Tests.TokenStore;

/// <summary>Redis goes away, slows down, fills up, forgets: no token is ever called invalid for it, and none lives longer.</summary>
[Collection(Alone.Name)]
public sealed class OutageTests(ShortTimeoutOAuthFixture fixture) : IClassFixture<ShortTimeoutOAuthFixture>
{
    /// <summary>A second by the README, and what a busy machine adds.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    private readonly OAuthHost _host = fixture.Host;
    private readonly PkceClient _client = fixture.Host.Client("web");

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task While_Redis_is_killed_every_endpoint_says_503_and_then_all_goes_on_by_itself()
    {
        var code = await _client.AuthorizeAsync("alice");
        var tokens = await _client.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.OK, (await _client.RevokeAsync(tokens.AccessToken)).Status);

        await fixture.Redis.Process.KillAsync();
        await AssertUnavailableAsync(code, tokens);

        fixture.Redis.Process.Start();
        await TokenRedis.UntilAsync(async () => await _client.CallApiAsync(tokens.AccessToken) != HttpStatusCode.ServiceUnavailable);

        // Every write was on disk before it was answered: the revoked token is still revoked, the code still good.
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.AccessToken));
        await TokenRedis.UntilAsync(async () => (await _client.RedeemAsync(code)).Status == HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task While_Redis_hangs_every_endpoint_says_503_soon()
    {
        var code = await _client.AuthorizeAsync("alice");
        var tokens = await _client.SignInAsync("alice");

        fixture.Redis.Process.Pause();
        try
        {
            await AssertUnavailableAsync(code, tokens);
        }
        finally
        {
            fixture.Redis.Process.Continue();
        }

        await TokenRedis.UntilAsync(async () => await _client.CallApiAsync(tokens.AccessToken) == HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Behaviour", "48")]
    public async Task A_Redis_that_is_full_refuses_new_tokens_with_503_and_goes_on_checking_old_ones()
    {
        var tokens = await _client.SignInAsync("alice");
        var server = fixture.Redis.Connection.GetServers().Single();

        await server.ConfigSetAsync("maxmemory", "1");
        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _client.RefreshAsync(tokens.RefreshToken)).Status);
            Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(tokens.AccessToken));
        }
        finally
        {
            await server.ConfigSetAsync("maxmemory", "0");
        }

        Assert.Equal(HttpStatusCode.OK, (await _client.RefreshAsync(tokens.RefreshToken)).Status);
    }

    [Fact]
    public async Task An_outage_between_the_check_of_a_code_and_its_redemption_is_503_and_not_invalid_grant()
    {
        var code = await _client.AuthorizeAsync("alice");

        // Reads go on, writes wait for longer than we do.
        var answer = await fixture.Redis.Process.WhileWritesWaitAsync(() => _client.RedeemAsync(code));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    [Fact]
    public async Task The_end_of_a_replayed_grant_that_could_not_be_written_is_503()
    {
        var code = await _client.AuthorizeAsync("alice");
        var tokens = await _client.RedeemAsync(code);

        var replay = await fixture.Redis.Process.WhileWritesWaitAsync(() => _client.RedeemAsync(code));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, replay.Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RedeemAsync(code)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.AccessToken));
    }

    [Fact]
    public async Task The_managers_Try_methods_throw_an_outage_instead_of_calling_it_a_lost_race()
    {
        var token = (await _client.SignInAsync("alice")).AccessToken;
        await using var scope = _host.Scope();
        var entry = (await scope.Tokens().FindByReferenceIdAsync(token))!;

        fixture.Redis.Process.Pause();
        try
        {
            await Assert.ThrowsAsync<TokenStoreUnavailableException>(async () => await scope.Tokens().TryRevokeAsync(entry));
            await Assert.ThrowsAsync<TokenStoreUnavailableException>(async () => await scope.Tokens().TryRejectAsync(entry));
            await Assert.ThrowsAsync<TokenStoreUnavailableException>(async () => await scope.Tokens().TryRedeemAsync(entry));
        }
        finally
        {
            fixture.Redis.Process.Continue();
        }

        await TokenRedis.UntilAsync(async () => await _client.CallApiAsync(token) != HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    [Trait("Behaviour", "49")]
    public async Task After_Redis_came_back_empty_old_codes_and_tokens_are_unknown_and_new_ones_work()
    {
        var code = await _client.AuthorizeAsync("alice");
        var tokens = await _client.SignInAsync("alice");

        await fixture.Redis.Connection.GetServers().Single().FlushAllDatabasesAsync();

        var redeemed = await _client.RedeemAsync(code);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (redeemed.Status, redeemed.Error));
        var refreshed = await _client.RefreshAsync(tokens.RefreshToken);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (refreshed.Status, refreshed.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.AccessToken));
        Assert.False((await _client.IntrospectAsync(tokens.AccessToken)).IsActive);
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync((await _client.SignInAsync("alice")).AccessToken));
    }

    private async Task AssertUnavailableAsync(string code, TokenAnswer tokens)
    {
        var started = Stopwatch.GetTimestamp();

        var statuses = await Task.WhenAll(
            StatusAsync(_client.RedeemAsync(code)),
            StatusAsync(_client.RefreshAsync(tokens.RefreshToken)),
            StatusAsync(_client.IntrospectAsync(tokens.RefreshToken)),
            StatusAsync(_client.RevokeAsync(tokens.RefreshToken)),
            StatusAsync(_host.Client("machine").AskForItselfAsync()),
            _client.CallApiAsync(tokens.AccessToken));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Soon);
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<TokenAnswer> answer) => (await answer).Status;
}
