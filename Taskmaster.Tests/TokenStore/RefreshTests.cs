using System.Net;
using Taskmaster.Tests.TokenStore.OAuth;

namespace Taskmaster.Tests.TokenStore;

/// <summary>Refresh tokens, seen by a client of a real server.</summary>
public sealed class RefreshTests(OAuthFixture fixture) : IClassFixture<OAuthFixture>
{
    private readonly OAuthHost _host = fixture.Host;
    private readonly PkceClient _client = fixture.Host.Client("web");

    [Fact]
    [Trait("Behaviour", "29")]
    public async Task An_old_refresh_token_used_after_the_leeway_is_refused_and_ends_the_family()
    {
        await using var strict = await OAuthHost.StartAsync(
            fixture.Redis.Connection, server => server.SetRefreshTokenReuseLeeway(TimeSpan.Zero));
        var web = strict.Client("web");
        var first = await web.SignInAsync("alice");
        var second = await web.RefreshAsync(first.RefreshToken);
        Assert.Equal(HttpStatusCode.OK, await web.CallApiAsync(second.AccessToken));

        var reuse = await web.RefreshAsync(first.RefreshToken);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (reuse.Status, reuse.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, await web.CallApiAsync(first.AccessToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await web.CallApiAsync(second.AccessToken));
        Assert.Equal(HttpStatusCode.BadRequest, (await web.RefreshAsync(second.RefreshToken)).Status);
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Two_uses_within_the_leeway_are_both_answered_with_the_same_successor()
    {
        var tokens = await _client.SignInAsync("alice");

        var answers = await Task.WhenAll(_client.RefreshAsync(tokens.RefreshToken), _client.RefreshAsync(tokens.RefreshToken));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(answers[0].RefreshToken, answers[1].RefreshToken);
        Assert.All(await Task.WhenAll(answers.Select(answer => _client.CallApiAsync(answer.AccessToken))), status => Assert.Equal(
            HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, (await _client.RefreshAsync(answers[1].RefreshToken)).Status);
    }

    [Fact]
    [Trait("Behaviour", "30")]
    public async Task Fifty_parallel_uses_leave_one_live_refresh_token()
    {
        var tokens = await _client.SignInAsync("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _client.RefreshAsync(tokens.RefreshToken)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers.Select(answer => answer.RefreshToken).Distinct());
    }

    [Fact]
    [Trait("Behaviour", "31")]
    public async Task The_absolute_lifetime_ends_even_when_the_token_is_used_every_day()
    {
        var token = (await _client.SignInAsync("alice")).RefreshToken;

        for (var day = 1; day < 30; day++)
        {
            _host.Time.Advance(TimeSpan.FromDays(1));
            token = (await _client.RefreshAsync(token)).RefreshToken;
        }

        _host.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        var late = await _client.RefreshAsync(token);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (late.Status, late.Error));
    }

    [Fact]
    [Trait("Behaviour", "31")]
    public async Task Scopes_may_shrink_and_never_grow()
    {
        var tokens = await _client.SignInAsync("alice");

        var narrower = await _client.RefreshAsync(tokens.RefreshToken, scope: "read");
        Assert.Equal(HttpStatusCode.OK, narrower.Status);
        Assert.Equal("read", (await _client.IntrospectAsync(narrower.AccessToken)).Text("scope"));

        var wider = await _client.RefreshAsync(narrower.RefreshToken, scope: "read write");
        Assert.Equal(HttpStatusCode.BadRequest, wider.Status);
    }

    [Fact]
    [Trait("Behaviour", "32")]
    public async Task A_refresh_token_presented_by_another_client_is_refused_and_still_good_for_its_own()
    {
        var tokens = await _client.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Client("other").RefreshAsync(tokens.RefreshToken)).Status);

        Assert.Equal(HttpStatusCode.OK, (await _client.RefreshAsync(tokens.RefreshToken)).Status);
    }
}
