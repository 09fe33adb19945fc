using System.Net;
using Npgsql;

namespace Taskmaster.Tests.Deployment;

/// <summary>
/// What the roles of deploy/postgres may do: what the services need, and nothing that an intruder in one of them would like.
/// </summary>
public sealed class ServiceRoleTests(ServiceRoleHost host) : IClassFixture<ServiceRoleHost>
{
    private const string NoRight = PostgresErrorCodes.InsufficientPrivilege;

    [Fact]
    public void Of_two_migrations_at_once_one_migrates_and_the_other_finds_the_database_up_to_date() =>
        Assert.Equal(
            ["The database is up to date", "The database was up to date.", "The database is up to date", "The database was up to date."],
            host.Migrated.Chunk(2).SelectMany(said => said.Order(StringComparer.Ordinal)));

    [Fact]
    public async Task The_server_signs_users_in_and_redeems_codes_without_any_other_right()
    {
        var client = await host.NewClientAsync();
        var browser = await host.NewUserAgent().SignInAsync(await host.NewUserAsync());

        var tokens = (await client.RedeemAsync(await client.CodeAsync(browser))).Is(HttpStatusCode.OK);

        Assert.True(await client.IsActiveAsync(tokens["access_token"]));
        _ = (await client.RevokeAsync(tokens["access_token"])).Is(HttpStatusCode.OK);
        Assert.False(await client.IsActiveAsync(tokens["access_token"]));
        (await client.ClientCredentialsAsync()).Is(HttpStatusCode.OK);
        Assert.Empty(await host.RefusedByRedisAsync());
    }

    [Fact]
    [Trait("Behaviour", "58")]
    public async Task Its_role_adds_to_the_audit_trail_and_can_neither_change_it_nor_switch_off_what_protects_it()
    {
        Assert.Null(await AuthServerAsync(
            "INSERT INTO audit_events (id, at, type, actor) VALUES (gen_random_uuid(), now(), 'signed_in', 'nobody')"));
        Assert.Null(await AuthServerAsync("SELECT count(*) FROM audit_events"));

        Assert.Equal(NoRight, await AuthServerAsync("UPDATE audit_events SET actor = 'somebody'"));
        Assert.Equal(NoRight, await AuthServerAsync("DELETE FROM audit_events"));
        Assert.Equal(NoRight, await AuthServerAsync("TRUNCATE audit_events"));
        Assert.Equal(NoRight, await AuthServerAsync("ALTER TABLE audit_events DISABLE TRIGGER append_only"));
        Assert.Equal(NoRight, await AuthServerAsync("DROP TABLE audit_events"));
        Assert.Equal(NoRight, await AuthServerAsync("SET session_replication_role = replica"));
        Assert.Equal(NoRight, await AuthServerAsync("SET ROLE taskmaster_migrator"));
    }

    [Fact]
    public async Task Its_role_cannot_change_the_schema()
    {
        Assert.Equal(NoRight, await AuthServerAsync("CREATE TABLE mine (id int)"));
        Assert.Equal(NoRight, await AuthServerAsync("ALTER TABLE users ADD COLUMN mine int"));
        Assert.Equal(NoRight, await AuthServerAsync("DELETE FROM \"__EFMigrationsHistory\""));
    }

    [Theory]
    [InlineData("taskmaster_tasksapi", "tasksdb", "SELECT count(*) FROM tasks", null)]
    [InlineData("taskmaster_tasksapi", "tasksdb", "DELETE FROM tasks", null)]
    [InlineData("taskmaster_tasksapi", "tasksdb", "DROP TABLE tasks", NoRight)]
    [InlineData("taskmaster_tasksapi", "authdb", "UPDATE api_keys SET last_used_at = now()", null)]
    [InlineData("taskmaster_tasksapi", "authdb", "UPDATE api_keys SET user_id = gen_random_uuid()", NoRight)]
    [InlineData("taskmaster_tasksapi", "authdb", "DELETE FROM api_keys", NoRight)]
    [InlineData("taskmaster_tasksapi", "authdb", "SELECT count(*) FROM users", NoRight)]
    [InlineData("taskmaster_tasksapi", "authdb", "INSERT INTO data_protection_keys (xml) VALUES ('')", NoRight)]
    [InlineData("taskmaster_mcp", "authdb", "SELECT count(*) FROM data_protection_keys", null)]
    [InlineData("taskmaster_mcp", "authdb", "SELECT count(*) FROM api_keys", NoRight)]
    [InlineData("taskmaster_mcp", "tasksdb", "SELECT 1", NoRight)]
    [InlineData("taskmaster_web", "authdb", "SELECT count(*) FROM data_protection_keys", null)]
    [InlineData("taskmaster_web", "authdb", "SELECT count(*) FROM sessions", NoRight)]
    [InlineData("taskmaster_web", "tasksdb", "SELECT 1", NoRight)]
    [InlineData("taskmaster_authserver", "tasksdb", "SELECT 1", NoRight)]
    public async Task Every_other_role_has_what_its_service_asks_for_and_no_more(
        string role, string database, string sql, string? refusal) =>
        Assert.Equal(refusal, await host.RefusalAsync(role, database, sql));

    private Task<string?> AuthServerAsync(string sql) => host.RefusalAsync("taskmaster_authserver", "authdb", sql);
}
