using System.Reflection;
using Npgsql;
using Taskmaster.AuthServer.Data;
using Taskmaster.Tests.AuthServer;
using Taskmaster.Tests.Fixtures;
using TasksDbContext = Taskmaster.TasksApi.Data.TasksDbContext;

namespace Taskmaster.Tests.Deployment;

/// <summary>
/// AuthServer on a Postgres that <c>deploy/postgres/roles.sql</c> and the two commands <c>migrate</c> have set up: it connects as its
/// own role and as its own user of <c>deploy/redis</c>, and has nothing that they were not granted.
/// </summary>
public sealed class ServiceRoleHost : AuthServerHost
{
    public const string Migrator = "taskmaster_migrator";

    private static readonly string[] Roles = ["MIGRATOR", "AUTHSERVER", "TASKSAPI", "MCP", "WEB"];

    private readonly PostgresProcess _postgres;
    private readonly ProtectedRedis _redis = new();

    public ServiceRoleHost() : this(new PostgresProcess())
    {
    }

    private ServiceRoleHost(PostgresProcess postgres) : base(ConnectionString(postgres, "taskmaster_authserver", "authdb"))
    {
        _postgres = postgres;
        Set("Taskmaster:MigrateAtStart", "false");
    }

    private protected override string RedisConnection => _redis.ConnectionString("authserver");

    /// <summary>What two commands said that were given at the same time, on databases that were empty, by service.</summary>
    public IReadOnlyList<string> Migrated { get; private set; } = [];

    public override async Task InitializeAsync()
    {
        await _redis.InitializeAsync();
        await _postgres.StartAsync();
        var passwords = string.Join(' ', Roles.Select(role => $"POSTGRES_{role}_PASSWORD=not-asked-for-here"));
        await Shell.RunAsync(
            $"export {passwords}; psql '{_postgres.Uri}' -q -v ON_ERROR_STOP=1 -f {Repository.Root}/deploy/postgres/roles.sql");
        Migrated =
        [
            .. await Task.WhenAll(MigrateAsync(typeof(AuthDbContext).Assembly), MigrateAsync(typeof(AuthDbContext).Assembly)),
            .. await Task.WhenAll(MigrateAsync(typeof(TasksDbContext).Assembly), MigrateAsync(typeof(TasksDbContext).Assembly)),
        ];
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
        await _redis.DisposeAsync();
    }

    /// <summary>Null if the role may do that; else what Postgres says.</summary>
    public async Task<string?> RefusalAsync(string role, string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(_postgres, role, database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
    }

    public Task<IReadOnlyList<string>> RefusedByRedisAsync() => _redis.RefusedAsync();

    private async Task<string> MigrateAsync(Assembly service)
    {
        var command = await AuthServerProcess.CommandAsync(
            service,
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:redis"] = RedisConnection,
                ["ConnectionStrings:authdb"] = ConnectionString(_postgres, Migrator, "authdb"),
                ["ConnectionStrings:tasksdb"] = ConnectionString(_postgres, Migrator, "tasksdb"),
                ["Taskmaster:PublicOrigin"] = Origin,
                ["KeyRing:EncryptionKey"] = "a secret that the host would generate",
                ["WebClient:Secret"] = WebSecret,
                ["McpClient:Secret"] = McpSecret,
                ["Logging:LogLevel:Default"] = "Error",
            },
            "migrate");
        Assert.True(command.ExitCode == 0, command.Output + command.Errors);
        return command.Output.Split('\n')[^1].Split(':')[0];
    }

    private static string ConnectionString(PostgresProcess postgres, string role, string database) =>
        new NpgsqlConnectionStringBuilder(postgres.ConnectionString(database)) { Username = role }.ConnectionString;
}
