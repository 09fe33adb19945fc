using System.Net;
using Taskmaster.Tests.TokenStore.OAuth;

namespace Taskmaster.Tests.TokenStore;

/// <summary>What each flow costs, in waits for Redis. A count that grows is a regression.</summary>
public sealed class RoundTripTests(OAuthFixture fixture) : IClassFixture<OAuthFixture>
{
    private readonly OAuthHost _host = fixture.Host;

    [Fact]
    public async Task Client_credentials_cost_one_round_trip()
    {
        _ = _host.ServerTrips.Take();
        var answer = await _host.Client("machine").AskForItselfAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(43, answer.AccessToken.Length);
        Assert.Equal("issue", _host.ServerTrips.Take());
    }

    [Fact]
    public async Task A_code_costs_one_to_issue_and_two_to_redeem()
    {
        _ = _host.ServerTrips.Take();
        var code = await _host.Client("web").AuthorizeAsync("alice");
        Assert.Equal("issue", _host.ServerTrips.Take());

        var answer = await _host.Client("web").RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("find redeem", _host.ServerTrips.Take());
    }

    [Fact]
    public async Task A_refresh_costs_two_round_trips()
    {
        var tokens = await _host.Client("web").SignInAsync("alice");
        _ = _host.ServerTrips.Take();

        var answer = await _host.Client("web").RefreshAsync(tokens.RefreshToken);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("find rotate", _host.ServerTrips.Take());
    }

    [Fact]
    public async Task Introspection_costs_one_revocation_two()
    {
        var token = (await _host.Client("machine").AskForItselfAsync()).AccessToken;
        _ = _host.ServerTrips.Take();

        Assert.True((await _host.Client("machine").IntrospectAsync(token)).IsActive);
        Assert.Equal("find", _host.ServerTrips.Take());

        Assert.Equal(HttpStatusCode.OK, (await _host.Client("machine").RevokeAsync(token)).Status);
        Assert.Equal("find close", _host.ServerTrips.Take());

        Assert.False((await _host.Client("machine").IntrospectAsync(token)).IsActive);
    }

    [Fact]
    public async Task A_request_to_the_API_costs_one_round_trip()
    {
        var token = (await _host.Client("machine").AskForItselfAsync()).AccessToken;

        Assert.Equal(HttpStatusCode.OK, await _host.Client("machine").CallApiAsync(token));
        Assert.Equal("find", _host.ApiTrips.Take());
    }
}
