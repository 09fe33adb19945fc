using System.Net;
using Taskmaster.Tests.TokenStore.OAuth;

namespace Taskmaster.Tests.TokenStore;

/// <summary>Revocation and introspection, seen by a client of a real server and by an API of its own.</summary>
public sealed class RevocationTests(OAuthFixture fixture) : IClassFixture<OAuthFixture>
{
    private readonly OAuthHost _host = fixture.Host;
    private readonly PkceClient _client = fixture.Host.Client("web");

    [Fact]
    [Trait("Behaviour", "33")]
    public async Task A_revoked_access_token_is_refused_by_the_API_at_the_next_request()
    {
        var tokens = await _client.SignInAsync("alice");
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(tokens.AccessToken));

        Assert.Equal(HttpStatusCode.OK, (await _client.RevokeAsync(tokens.AccessToken)).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.AccessToken));
        Assert.False((await _client.IntrospectAsync(tokens.AccessToken)).IsActive);
    }

    [Fact]
    public async Task A_revoked_refresh_token_takes_its_access_tokens_with_it()
    {
        var tokens = await _client.SignInAsync("alice");
        _ = _host.ServerTrips.Take();

        Assert.Equal(HttpStatusCode.OK, (await _client.RevokeAsync(tokens.RefreshToken)).Status);

        Assert.Equal("find mark", _host.ServerTrips.Take());
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "28")]
    public async Task Revoking_a_user_ends_every_sign_in_of_that_user_and_of_nobody_else()
    {
        var alice = await _client.SignInAsync("alice the second");
        var bob = await _client.SignInAsync("bob the second");

        await using (var scope = _host.Scope())
        {
            _ = await scope.Tokens().RevokeBySubjectAsync("alice the second");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(alice.AccessToken));
        Assert.Equal(HttpStatusCode.BadRequest, (await _client.RefreshAsync(alice.RefreshToken)).Status);
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(bob.AccessToken));
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync((await _client.SignInAsync("alice the second")).AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Revoking_an_unknown_token_succeeds_and_another_clients_token_is_left_alone()
    {
        var tokens = await _client.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.OK, (await _client.RevokeAsync(new string('x', 43))).Status);
        _ = await _host.Client("other").RevokeAsync(tokens.AccessToken);

        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(tokens.AccessToken));
    }

    [Fact]
    [Trait("Behaviour", "39")]
    public async Task Introspection_says_no_more_than_inactive_of_a_foreign_an_expired_and_an_unknown_token()
    {
        var tokens = await _client.SignInAsync("alice");
        var foreign = await _host.Client("other").IntrospectAsync(tokens.AccessToken);
        var unknown = await _client.IntrospectAsync(new string('x', 43));
        Assert.True((await _client.IntrospectAsync(tokens.AccessToken)).IsActive);

        _host.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        var expired = await _client.IntrospectAsync(tokens.AccessToken);

        Assert.All([foreign, unknown, expired], answer => Assert.Equal("""{"active":false}""", answer.Body.GetRawText()
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Behaviour", "34")]
    public async Task An_expired_access_token_is_refused_by_the_API()
    {
        var token = (await _client.SignInAsync("alice")).AccessToken;
        Assert.Equal(HttpStatusCode.OK, await _client.CallApiAsync(token));

        _host.Time.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(token));
    }

    [Fact]
    [Trait("Behaviour", "35")]
    public async Task A_refresh_token_and_a_code_are_no_bearer_tokens()
    {
        var code = await _client.AuthorizeAsync("alice");
        var tokens = await _client.SignInAsync("alice");

        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(code));
        Assert.Equal(HttpStatusCode.Unauthorized, await _client.CallApiAsync(tokens.RefreshToken));
    }
}
