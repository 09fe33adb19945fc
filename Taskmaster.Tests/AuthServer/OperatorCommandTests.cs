using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Keys;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

/// <summary>Each command runs as an operator runs it: a process of its own beside the running server.</summary>
public sealed class OperatorCommandTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "28")]
    [Trait("Behaviour", "58")]
    public async Task Disabling_a_user_by_command_ends_at_the_next_request_what_they_have_and_enabling_lets_them_in_again()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var (other, hers) = (await host.NewClientAsync(), await host.NewClientAsync(owner: alice.User));
        var token = (await other.RedeemAsync(await other.CodeAsync(alice.Browser))).Is(HttpStatusCode.OK)["access_token"];
        Assert.True(await other.IsActiveAsync(token));
        (await hers.ClientCredentialsAsync()).Is(HttpStatusCode.OK);

        Assert.Equal((0, "The user is disabled.", ""), await AuthServerProcess.CommandAsync(host, "disable-user", $"{alice.User.Id}"));

        Assert.False(await other.IsActiveAsync(token));
        (await alice.SendAsync(HttpMethod.Get, "/sessions")).Is(HttpStatusCode.Unauthorized);
        Assert.StartsWith(
            "/sign-in", (await alice.Browser.GetAsync(other.AuthorizeUrl())).Location!.OriginalString, StringComparison.Ordinal);

        // The command's process announces the eviction as a replica does; the server hears it a moment after the command is done.
        await TokenRedis.UntilAsync(async () => (await hers.ClientCredentialsAsync()).Status is HttpStatusCode.Unauthorized);

        Assert.Equal((0, "The user is enabled.", ""), await AuthServerProcess.CommandAsync(host, "enable-user", $"{alice.User.Id}"));
        await host.NewUserAgent().SignInAsync(alice.User);
        (await hers.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        Assert.Equal(["system", "system"], await ActorsAsync(
            row => row.UserId == alice.User.Id && (row.Type == AuditEventType.UserDisabled || row.Type == AuditEventType.UserEnabled)));
    }

    [Fact]
    [Trait("Behaviour", "42")]
    [Trait("Behaviour", "58")]
    public async Task Rotating_keys_by_command_shows_the_new_key_at_the_running_servers_next_look()
    {
        var known = await KeysAsync();

        var (exitCode, output, errors) = await AuthServerProcess.CommandAsync(host, "rotate-keys");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches("^A new signing key is announced. It signs from [0-9: -]+Z on.$", output);
        host.Clock.Advance(new SigningKeyRotation().CheckEvery);
        await TokenRedis.UntilAsync(async () => (await KeysAsync()).Except(known).Count() == 2);
        Assert.Equal("system", (await ActorsAsync(row => row.Type == AuditEventType.KeyCreated)).Distinct().Single());
    }

    [Fact]
    public async Task Migrating_again_beside_a_running_server_changes_nothing() =>
        Assert.Equal((0, "The database was up to date.", ""), await AuthServerProcess.CommandAsync(host, "migrate"));

    [Theory]
    [InlineData(1, "There is no such user.", "disable-user", "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b")]
    [InlineData(2, "The commands are: ", "disable-user", "alice@example.com")]
    [InlineData(1, "There is no such user.", "revoke-user-tokens", "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b")]
    [InlineData(1, "There is no such client.", "revoke-client-tokens", "nobody")]
    [InlineData(2, "The commands are: ", "new-demo-client")] // outside development
    [InlineData(2, "The commands are: ", "rotate-key")]
    public async Task A_command_that_cannot_be_done_says_so_and_starts_no_server(int exitCode, string message, params string[] arguments)
    {
        var refused = await AuthServerProcess.CommandAsync(host, arguments);

        Assert.Equal((exitCode, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith(message, refused.Errors, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. new JsonWebKeySet((await host.NewUserAgent().GetAsync("/oauth2/jwks")).Is(HttpStatusCode.OK).Body).Keys.Select(
            key => key.Kid)];

    private async Task<IReadOnlyList<string>> ActorsAsync(System.Linq.Expressions.Expression<Func<AuditEvent, bool>> which)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuthDbContext>().AuditEvents.Where(which)
            .Select(row => row.Actor)
            .ToListAsync();
    }
}
