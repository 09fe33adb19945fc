using System.Net.Sockets;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Taskmaster.AppHost.Local;

/// <summary>
/// Where no container engine runs, Redis and Postgres run as programs of this machine: the same resources with the same names,
/// passwords, health checks, connection strings and databases. Nothing outside this folder knows the difference.
/// </summary>
internal static class StorePrograms
{
    /// <summary>
    /// Keeps this instance's data and secrets together, starts the services as this build made them, and the stores as
    /// programs where no container engine runs (or as <c>Local:Stores</c> says).
    /// </summary>
    public static void RunLocally(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsRunMode)
        {
            return;
        }

        var instance = LocalInstance.Of(builder);
        if (instance.Settings.Instance is not null)
        {
            builder.UseFreePorts();
        }

        // Until the stores have ended, their folder is not free for another start.
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        builder.Services.AddSingleton<StoreStates>();
        // Before the orchestrator: its start returns only when nothing waits for a store any more.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => services.GetRequiredService<StoreStates>()));
        if (!instance.Settings.IsThrowAway)
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EarlyEnds>());
            builder.Services.AddHostedService<OrchestratorWatch>();
        }

        HttpsCertificates.KeepFromStores(builder.Resources);
        builder.Eventing.Subscribe<BeforeStartEvent>(
            (started, cancellationToken) => PrepareOrRefuseAsync(builder, instance, started, cancellationToken));
    }

    private static void UseFreePorts(this IDistributedApplicationBuilder builder)
    {
        builder.Configuration["DcpPublisher:RandomizePorts"] = "true";
        foreach (var name in (string[])["ASPNETCORE_URLS", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"])
        {
            builder.Configuration[name] = "http://localhost:0";
        }
    }

    private static async Task PrepareOrRefuseAsync(
        IDistributedApplicationBuilder builder, LocalInstance instance, BeforeStartEvent started, CancellationToken cancellationToken)
    {
        var folder = instance.Folder;
        try
        {
            await PrepareAsync(builder, instance, started, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolder.Unusable(folder.Path, exception);
        }
    }

    private static async Task PrepareAsync(
        IDistributedApplicationBuilder builder, LocalInstance instance, BeforeStartEvent started, CancellationToken cancellationToken)
    {
        if (!builder.Configuration.GetValue("DcpPublisher:RandomizePorts", false))
        {
            Ports.RequireFree(started.Model.Resources);
        }

        await Passwords.RequireUsableAsync(started.Model.Resources, cancellationToken);
        HttpsCertificates.Provide(started.Model.Resources, started.Services, instance);
        foreach (var project in started.Model.GetProjectResources())
        {
            BuiltProject.StartBuilt(project);
            BuiltProject.LeaveQuickly(project);
        }

        if (await StoreMode.IsContainersAsync(instance, () => HasEngineAsync(started.Services, cancellationToken)))
        {
            ContainerVolumes.KeepWithSecrets(started.Model.Resources, instance);
            Report(instance, "as containers");
            return;
        }

        var states = started.Services.GetRequiredService<StoreStates>();
        var stores = started.Model.Resources.Where(resource => resource is RedisResource or PostgresServerResource).ToList();
        var programs = await Task.WhenAll(stores.Select(store => PrepareStoreAsync(store, instance, cancellationToken)));
        Report(instance, $"as programs: {string.Join(", ", programs.Select(program => program.Name))}");
        foreach (var (store, program) in stores.Zip(programs))
        {
            var executable = builder.AddResource(new ExecutableResource(program.Name, program.Command, program.Folder))
                .WithArgs([.. program.Arguments])
                .WithParentRelationship(store)
                .ExcludeFromManifest();
            states.Mirror(executable.Resource, store, [.. started.Model.Resources.OfType<IResourceWithParent>().Where(
                child => child.Parent == store)]);
        }
    }

    private static void Report(LocalInstance instance, string how)
    {
        if (!instance.Settings.IsThrowAway)
        {
            Console.WriteLine($"Redis and Postgres run {how}. Data and secrets: {instance.Settings.DataFolder}");
        }
    }

    private static async Task<StoreProgram> PrepareStoreAsync(IResource store, LocalInstance instance, CancellationToken cancellationToken)
    {
        var port = Ports.AnyFree();
        foreach (var image in store.Annotations.OfType<ContainerImageAnnotation>().ToList())
        {
            _ = store.Annotations.Remove(image);
        }

        var endpoint = store.Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Protocol == ProtocolType.Tcp);
        endpoint.IsProxied = false;
        endpoint.Port = endpoint.TargetPort = port;
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);

        return store switch
        {
            RedisResource redis => await RedisProgram.PrepareAsync(redis, port, instance, cancellationToken),
            PostgresServerResource postgres => await PostgresProgram.PrepareAsync(postgres, port, instance, cancellationToken),
            _ => throw new NotSupportedException($"'{store.Name}' is no store."),
        };
    }

    /// <summary>Installed is not running: a client program without its engine is common.</summary>
    private static async Task<bool> HasEngineAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var engine = await services.GetRequiredService<IContainerRuntimeResolver>().ResolveAsync(cancellationToken);
        return await engine.CheckIfRunningAsync(cancellationToken);
    }
}
