using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Taskmaster.AuthServer.Clients;
using Taskmaster.AuthServer.Data;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.AuthServer;

public sealed class MigrationTests
{
    [Fact]
    public async Task Applications_from_before_scopes_were_written_down_stay_registered_for_all_of_them()
    {
        await using var database = new AuthDbContext(
            new DbContextOptionsBuilder<AuthDbContext>().UseNpgsql(await PostgresProcess.NewSharedDatabaseAsync())
                .UseSnakeCaseNamingConvention().Options);
        var migrator = database.GetService<IMigrator>();
        await migrator.MigrateAsync("KeepSessionsAndAudit");
        await database.Database.ExecuteSqlRawAsync("""
            INSERT INTO clients (id, client_id, name, is_public, is_first_party, require_pkce, redirect_uris, post_logout_redirect_uris, created_at, scopes) VALUES
            ('0198c0de-0000-7000-8000-000000000001', 'before', 'Before', false, true, false, '{{}}', '{{}}', now(), NULL),
            ('0198c0de-0000-7000-8000-000000000002', 'limited', 'Limited', false, true, false, '{{}}', '{{}}', now(), '{{openid,tasks:read}}')
            """);

        await database.Database.MigrateAsync();

        var scopes = await database.Clients.ToDictionaryAsync(client => client.ClientId, client => string.Join(' ', client.Scopes));
        Assert.Equal("openid profile email offline_access tasks:read tasks:write", scopes["before"]);
        Assert.Equal("openid tasks:read", scopes["limited"]);
    }
}
