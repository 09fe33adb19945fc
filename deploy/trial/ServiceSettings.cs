using System.Security.Cryptography;

namespace Taskmaster.Trial;

/// <summary>What each service is told by environment variables.</summary>
internal sealed class ServiceSettings(
    string published, StackLayout layout, RedisCluster redis, PostgresServer postgres, Balancer balancer, CertificateAuthority? authority)
{
    private const string NoLimit = "1000000000";

    private static readonly string[] Limited =
        ["token", "introspection", "unauthorized", "authorize", "signin", "signup", "userinfo", "management", "api"];

    private readonly string _keyEncryptionKey = RandomNumberGenerator.GetHexString(64, lowercase: true);
    private readonly string _webSecret = RandomNumberGenerator.GetHexString(64, lowercase: true);
    private readonly string _mcpSecret = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public IReadOnlyDictionary<string, string> Of(Replica replica) => Of(replica.Service, replica.Address, migrates: false);

    /// <summary>For the command: as the role that may, and past the pooler, as the lock that it takes belongs to a connection.</summary>
    public IReadOnlyDictionary<string, string> OfMigration(string service) => Of(service, address: null, migrates: true);

    /// <summary>For a version that has no such command, and migrates when it starts: as the same role.</summary>
    public IReadOnlyDictionary<string, string> OfMigrationAtStart(Replica replica) =>
        Of(replica.Service, replica.Address, migrates: true);

    private Dictionary<string, string> Of(string service, Uri? address, bool migrates)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_CONTENTROOT"] = Path.Combine(published, Replica.AssemblyOf(service)),
            ["Taskmaster__PublicOrigin"] = balancer.AddressOf("web").GetLeftPart(UriPartial.Authority),
            ["Taskmaster__MigrateAtStart"] = "false",
            ["Taskmaster__ShutdownDelay"] = "00:00:02",
            ["Taskmaster__TrustedProxies__0"] = $"{layout.Edge.Address}/32",
            ["KeyRing__EncryptionKey"] = _keyEncryptionKey,
            ["WebClient__Secret"] = _webSecret,
            ["McpClient__Secret"] = _mcpSecret,
            ["ConnectionStrings__redis"] = redis.ConnectionString(service),
        };
        if (address is not null)
        {
            environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        }

        if (authority is not null)
        {
            environment["SERedis_IssuerCertPath"] = authority.RootFile;
        }

        foreach (var database in (string[])["authdb", "tasksdb"])
        {
            environment[$"ConnectionStrings__{database}"] =
                postgres.ConnectionString(database, migrates ? "migrator" : service, isPooled: !migrates);
        }

        foreach (var name in Replicas.Names)
        {
            environment[$"services__{name}__http__0"] = balancer.AddressOf(name).GetLeftPart(UriPartial.Authority);
        }

        // One user and one client make all of the load, more than anybody is let.
        foreach (var policy in Limited)
        {
            environment[$"RateLimits__{policy}__Limit"] = NoLimit;
        }

        return environment;
    }
}
