using System.Net;
using Taskmaster.Tests.TokenStore.OAuth;

namespace Taskmaster.Tests.TokenStore;

/// <summary>Authorization codes, seen by a client of a real server.</summary>
public sealed class CodeTests(OAuthFixture fixture) : IClassFixture<OAuthFixture>
{
    private readonly OAuthHost _host = fixture.Host;
    private readonly PkceClient _client = fixture.Host.Client("web");

    [Fact]
    [Trait("Behaviour", "1")]
    public async Task A_code_redeemed_twice_is_refused_and_the_first_tokens_stop_working()
    {
        var code = await _client.AuthorizeAsync("alice");
        var first = await _client.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(first.AccessToken));

        var second = await _client.RedeemAsync(code);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (second.Status, second.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(first.AccessToken));
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RefreshAsync(first.RefreshToken)).Status);
    }

    [Fact]
    [Trait("Behaviour", "1")]
    public async Task The_replay_of_one_code_leaves_the_users_other_sign_ins_with_the_client()
    {
        var other = await _client.SignInAsync("alice");
        var code = await _client.AuthorizeAsync("alice");
        _ = await _client.RedeemAsync(code);

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RedeemAsync(code)).Status);

        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(other.AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "2")]
    public async Task Of_a_hundred_parallel_redemptions_one_is_answered_200_the_others_400_and_its_tokens_are_revoked()
    {
        var code = await _client.AuthorizeAsync("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _client.RedeemAsync(code)));

        var winner = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(99, answers.Count(answer => answer.Status == HttpStatusCode.BadRequest && answer.Error == "invalid_grant"));
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(winner.AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "3")]
    public async Task A_code_used_again_after_thirty_seconds_is_refused_as_a_replay()
    {
        var code = await _client.AuthorizeAsync("alice");
        var first = await _client.RedeemAsync(code);

        _host.Time.Advance(TimeSpan.FromSeconds(30));
        var again = await _client.RedeemAsync(code);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (again.Status, again.Error));
        Assert.Contains("already been redeemed", again.ErrorDescription, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(first.AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "4")]
    public async Task An_expired_code_an_unknown_code_and_a_revoked_code_are_told_apart()
    {
        var expired = await _client.AuthorizeAsync("alice");
        _host.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));

        var answer = await _client.RedeemAsync(expired);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (answer.Status, answer.Error));
        Assert.Equal("The specified authorization code is no longer valid.", answer.ErrorDescription);

        var unknown = await _client.RedeemAsync(new string('x', 43));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (unknown.Status, unknown.Error));
        Assert.NotEqual(answer.ErrorDescription, unknown.ErrorDescription);

        var revoked = await _client.AuthorizeAsync("bob");
        await using var scope = _host.Scope();
        _ = await scope.Tokens().RevokeBySubjectAsync("bob");
        Assert.Equal("The specified authorization code is invalid.", (await _client.RedeemAsync(revoked)).ErrorDescription);
    }

    [Fact]
    [Trait("Behaviour", "5")]
    public async Task A_code_presented_by_another_client_is_refused_and_still_good_for_its_own()
    {
        var code = await _client.AuthorizeAsync("alice");

        var stolen = await _host.Client("other").RedeemAsync(code);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (stolen.Status, stolen.Error));
        Assert.Equal(HttpStatusCode.OK, (await _client.RedeemAsync(code)).Status);
    }

    [Fact]
    [Trait("Behaviour", "6")]
    public async Task Five_wrong_verifiers_burn_the_code_and_four_do_not()
    {
        var wrong = new string('w', 43);
        var code = await _client.AuthorizeAsync("alice");
        var luckier = await _client.AuthorizeAsync("alice");

        for (var i = 0; i < 5; i++)
        {
            var answer = await _client.RedeemAsync(code, wrong);
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (answer.Status, answer.Error));
        }

        for (var i = 0; i < 4; i++)
        {
            _ = await _client.RedeemAsync(luckier, wrong);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RedeemAsync(code)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _client.RedeemAsync(luckier)).Status);
    }

    [Theory]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("short")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_token_is_refused_everywhere_without_an_error_of_ours(string madeUp)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RedeemAsync(madeUp)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RefreshAsync(madeUp)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(madeUp));
        Assert.False((await _client.IntrospectAsync(madeUp)).IsActive);
    }
}
