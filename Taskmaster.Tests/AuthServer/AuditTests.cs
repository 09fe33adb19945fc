using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Taskmaster.AuthServer.Audit;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.SignIn;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Tests.TokenStore.Servers;

namespace Taskmaster.Tests.AuthServer;

public sealed class AuditTests(AuthServerHost host) : IClassFixture<AuthServerHost>
{
    [Fact]
    [Trait("Behaviour", "58")]
    public async Task What_a_user_does_is_in_their_trail_with_actor_address_trace_and_time_page_by_page()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var created = (await alice.SendAsync(HttpMethod.Post, "/clients", """{"name":"My App"}""")).Is(HttpStatusCode.Created);
        (await alice.SendAsync(HttpMethod.Post, $"/clients/{created["client_id"]}/secrets", """{"name":"Second"}"""))
            .Is(HttpStatusCode.Created);
        (await alice.SendAsync(HttpMethod.Delete, $"/clients/{created["client_id"]}")).Is(HttpStatusCode.NoContent);
        var client = await host.NewClientAsync();

        // What happens within one millisecond has no order.
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        _ = await client.CodeAsync(alice.Browser);

        Assert.Equal(
            ["client_created", "client_deleted", "consent_given", "secret_created", "signed_in"],
            (await alice.AuditAsync()).Order(StringComparer.Ordinal));

        var page = (await alice.SendAsync(HttpMethod.Get, "/audit?limit=2")).Is(HttpStatusCode.OK);
        var newest = page.Json["events"]![0]!;
        Assert.Equal(("consent_given", client.ClientId, alice.User.Id.ToString()), (
            (string?)newest["type"], (string?)newest["client_id"], (string?)newest["actor"]));
        Assert.NotNull((string?)newest["address"]);
        Assert.Equal(32, ((string?)newest["trace_id"])?.Length);
        Assert.EndsWith("Z", (string?)newest["at"], StringComparison.Ordinal);
        var rest = (await alice.SendAsync(HttpMethod.Get, $"/audit?before={page["next"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(3, rest.Json["events"]!.AsArray().Count);
        Assert.False(rest.Json.ContainsKey("next"));

        Assert.Equal(["signed_in"], await (await ManagingUser.SignInAsync(host)).AuditAsync());
    }

    [Fact]
    [Trait("Behaviour", "44")]
    [Trait("Behaviour", "57")]
    [Trait("Behaviour", "58")]
    public async Task Failed_sign_ins_and_the_lockout_are_written_without_what_was_typed()
    {
        var user = await host.NewUserAsync();
        for (var attempt = 0; attempt < SignInService.FailuresBeforeLockout; attempt++)
        {
            _ = await host.NewUserAgent().SubmitAsync("/sign-in", ("Email", user.Email), ("Password", "a very wrong password"));
        }

        _ = await host.NewUserAgent().SubmitAsync(
            "/sign-in", ("Email", "canary-nobody@example.com"), ("Password", "a very wrong password"));

        await using var scope = host.Services.CreateAsyncScope();
        var events = await scope.ServiceProvider.GetRequiredService<AuthDbContext>().AuditEvents.AsNoTracking().ToListAsync();
        Assert.Equal(SignInService.FailuresBeforeLockout, events.Count(
            row => row.UserId == user.Id && row.Type is AuditEventType.SignInFailed && row.Actor == "nobody"));
        Assert.Single(events, row => row.UserId == user.Id && row.Type is AuditEventType.LockedOut);
        Assert.Contains(events, row => row.UserId is null && row.Type is AuditEventType.SignInFailed);
        var written = string.Join('\n', events.Select(row => $"{row.Actor} {row.ClientId} {row.Address} {row.Details}"));
        Assert.DoesNotContain("@example.com", written, StringComparison.Ordinal);
        Assert.DoesNotContain("a very wrong password", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit_events SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit_events")]
    [InlineData("TRUNCATE audit_events")]
    [Trait("Behaviour", "58")]
    public async Task The_database_refuses_to_change_the_trail(string sql)
    {
        var alice = await ManagingUser.SignInAsync(host);
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthDbContext>();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => database.Database.ExecuteSqlRawAsync(sql));

        Assert.Contains("append-only", refusal.MessageText, StringComparison.Ordinal);
        Assert.Equal(["signed_in"], await alice.AuditAsync());
        (await alice.SendAsync(HttpMethod.Delete, "/audit")).Is(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task The_owner_of_the_database_shortens_the_trail_as_the_documentation_says_and_it_is_append_only_again()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "security-events.md"));
        var sql = document.Split("```sql")[1].Split("```")[0];
        await using var connection = new NpgsqlConnection(host.Settings["ConnectionStrings:authdb"]);
        await connection.OpenAsync();

        // The old row is nobody's, so that no other test looks at it.
        await ExecuteAsync("INSERT INTO audit_events (id, at, type, actor) VALUES (gen_random_uuid(), now() - interval '3 years', "
            + "'signed_in', 'nobody')");
        Assert.Equal(1L, await CountOldAsync());
        await ExecuteAsync(sql);

        Assert.Equal(0L, await CountOldAsync());
        Assert.Equal(["signed_in"], await alice.AuditAsync());
        _ = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("DELETE FROM audit_events"));

        async Task ExecuteAsync(string statements)
        {
            await using var command = new NpgsqlCommand(statements, connection);
            await command.ExecuteNonQueryAsync();
        }

        async Task<object?> CountOldAsync()
        {
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM audit_events WHERE at < now() - interval '2 years'", connection);
            return await command.ExecuteScalarAsync();
        }
    }

    [Fact]
    [Trait("Behaviour", "32")]
    [Trait("Behaviour", "58")]
    public async Task Stolen_codes_and_refresh_tokens_raise_an_event_and_so_do_revocations()
    {
        var alice = await ManagingUser.SignInAsync(host);
        var (client, thief) = (await host.NewClientAsync(), await host.NewClientAsync());
        var code = await client.CodeAsync(alice.Browser, ("scope", "openid offline_access"));
        var tokens = (await client.RedeemAsync(code)).Is(HttpStatusCode.OK);

        (await thief.RefreshAsync(tokens["refresh_token"])).IsError(HttpStatusCode.BadRequest, "invalid_grant", "Invalid refresh token");
        var refreshed = (await client.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
        (await client.RevokeAsync(refreshed["access_token"])).Is(HttpStatusCode.OK);
        (await client.RedeemAsync(code)).Is(HttpStatusCode.BadRequest);

        await TokenRedis.UntilAsync(async () =>
        {
            host.Clock.Advance(AuditQueue.Period);
            return (await alice.AuditAsync()).Count >= 5;
        });
        var events = await alice.AuditAsync();
        Assert.Contains("token_of_another_client", events);
        Assert.Contains("token_revoked", events);
        Assert.Contains("token_reused", events);
    }
}
