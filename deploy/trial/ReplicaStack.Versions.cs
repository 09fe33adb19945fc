namespace Taskmaster.Trial;

/// <summary>The same stack with two versions of the services, of which one replaces the other.</summary>
internal sealed partial class ReplicaStack
{
    /// <summary>Replicas of each service of an older version, on new databases.</summary>
    /// <param name="older">The folder of that version, with its services below artifacts/publish.</param>
    public async Task StartAsync(string older)
    {
        await Task.WhenAll(_postgres.StartAsync(), Redis.StartAsync());
        if (HasRoles(older))
        {
            foreach (var service in Migrated)
            {
                await MigrateAsync(service, PublishedOf(older), Of(older, service, _settings.OfMigration(service)));
            }
        }

        await Balancer.StartAsync(Services);
        await StartServicesAsync(replica => Start(replica, older));
    }

    /// <summary>One replica is taken from the balancer, ended, and started as the other version.</summary>
    /// <param name="replica">Which.</param>
    /// <param name="older">The folder of the older version; null for this one.</param>
    public async Task ReplaceAsync(Replica replica, string? older)
    {
        await Balancer.DrainAsync(replica);
        _ = await replica.Program!.TerminateAsync();
        await replica.Program.DisposeAsync();
        if (older is null)
        {
            Start(replica);
        }
        else
        {
            Start(replica, older);
        }

        await Balancer.BringBackAsync(replica);
        await UntilReadyAsync(replica);
    }

    private void Start(Replica replica, string older) => replica.Program = replica.Host.Start(
        replica.Name, "dotnet", [ProgramOf(PublishedOf(older), replica.Assembly)],
        Of(older, replica.Service, HasRoles(older) ? _settings.Of(replica) : _settings.OfMigrationAtStart(replica)));

    /// <summary>Before 30 November 2026 a service on a cluster was healthy only where its connection string allowed it this.</summary>
    private static Dictionary<string, string> Of(string older, string service, IReadOnlyDictionary<string, string> environment) =>
        new(environment)
        {
            ["ASPNETCORE_CONTENTROOT"] = Path.Combine(PublishedOf(older), Replica.AssemblyOf(service)),
            ["ConnectionStrings__redis"] = environment["ConnectionStrings__redis"] + ",allowAdmin=true",
        };

    /// <summary>
    /// A version from before the roles and the command <c>migrate</c> migrates at its start, as the owner of the schema and past the
    /// pooler, which its lock needs.
    /// </summary>
    private static bool HasRoles(string older) => File.Exists(Path.Combine(older, "deploy", "postgres", "roles.sql"));

    private static string PublishedOf(string version) => Path.Combine(version, "artifacts", "publish");
}
