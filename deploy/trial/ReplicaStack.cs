using System.Net;

namespace Taskmaster.Trial;

/// <summary>
/// Replicas of each service behind HAProxy, a Redis Cluster of three with a replica each under the users of deploy/redis, and
/// Postgres with the roles of deploy/postgres behind PgBouncer in transaction mode: programs of this machine.
/// </summary>
internal sealed partial class ReplicaStack : IAsyncDisposable
{
    private const int MostMigrations = 5;

    private static readonly string[] Migrated = ["authserver", "tasksapi"];

    private readonly string _repository;
    private readonly string _published;
    private readonly string _folder = Directory.CreateTempSubdirectory("taskmaster-replicas-").FullName;
    private readonly StackLayout _layout;
    private readonly CertificateAuthority? _authority;
    private readonly PostgresServer _postgres;
    private readonly ServiceSettings _settings;

    /// <param name="repository">Where the services were published below artifacts/publish.</param>
    /// <param name="layout">What runs where.</param>
    public ReplicaStack(string repository, StackLayout layout)
    {
        (_repository, _published) = (repository, Path.Combine(repository, "artifacts", "publish"));
        _layout = layout;
        _authority = layout.UsesTls ? new(_folder) : null;
        var passwords = new Passwords();
        Redis = new(repository, _folder, layout, passwords, _authority);
        _postgres = new(repository, _folder, layout, passwords, _authority);
        Balancer = new(repository, _folder, layout.Edge);
        _settings = new(_published, layout, Redis, _postgres, Balancer, _authority);
        foreach (var name in Replicas.Names)
        {
            for (var number = 1; number <= layout.ReplicasOf(name); number++)
            {
                var host = layout.Hosts[(number - 1) % layout.Hosts.Count];
                Services.Add(new(name, number, host, FreePort.Next(), _published));
            }
        }
    }

    public Uri Origin => Balancer.AddressOf("web");

    /// <summary>Where callers are.</summary>
    public Host Edge => _layout.Edge;

    public List<Replica> Services { get; } = [];

    public RedisCluster Redis { get; }

    public Balancer Balancer { get; }

    public async Task StartAsync()
    {
        await Task.WhenAll(_postgres.StartAsync(), Redis.StartAsync());
        await MigrateAsync();
        await Balancer.StartAsync(Services);
        await StartServicesAsync(Start);
    }

    /// <summary>By the two commands, as the role that may.</summary>
    public async Task MigrateAsync()
    {
        foreach (var service in Migrated)
        {
            await MigrateAsync(service, _published, _settings.OfMigration(service));
        }
    }

    /// <summary>Ready by its own word, and by the balancer's.</summary>
    public async Task UntilReadyAsync(Replica replica)
    {
        using var http = _layout.Edge.NewHttp();
        http.Timeout = TimeSpan.FromSeconds(5);
        await Wait.UntilAsync($"{replica.Name} is ready", async () =>
        {
            if (replica.Program!.HasEnded)
            {
                throw new TrialException($"{replica.Name} ended:\n{replica.Program.Output}");
            }

            try
            {
                using var health = await http.GetAsync(new Uri(replica.Address, "/health"));
                return health.StatusCode == HttpStatusCode.OK && await Balancer.IsUsingAsync(replica);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }, () => replica.Program!.Output);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Services.Select(replica => replica.Program).OfType<RunningProgram>())
        {
            await program.DisposeAsync();
        }

        await Balancer.DisposeAsync();
        await Redis.DisposeAsync();
        await _postgres.DisposeAsync();
        _authority?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Repeated, as an orchestrator does it, where the stores do not answer in time yet.</summary>
    private async Task MigrateAsync(string service, string published, IReadOnlyDictionary<string, string> environment)
    {
        var program = ProgramOf(published, Replica.AssemblyOf(service));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await _layout.Hosts[0].RunAsync("dotnet", [program, "migrate"], environment);
                return;
            }
            catch (TrialException failure)
                when (attempt < MostMigrations && failure.Message.Contains("Run it again", StringComparison.Ordinal))
            {
                Console.WriteLine($"        {service}: {failure.Message.Split('\n')[^1]}");
            }
        }
    }

    /// <summary>One service after another, who is called before who calls.</summary>
    private async Task StartServicesAsync(Action<Replica> start)
    {
        foreach (var name in Replicas.Names)
        {
            var replicas = Services.Where(replica => replica.Service == name).ToList();
            replicas.ForEach(start);
            await Task.WhenAll(replicas.Select(UntilReadyAsync));
        }
    }

    private void Start(Replica replica) => replica.Program = replica.Host.Start(
        replica.Name, "dotnet", [ProgramOf(_published, replica.Assembly)], _settings.Of(replica));

    private static string ProgramOf(string published, string assembly) => Path.Combine(published, assembly, $"Taskmaster.{assembly}.dll");
}
