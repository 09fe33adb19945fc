using System.Text.Json.Nodes;
using k8s.Models;
using Taskmaster.Tests.EndToEnd.Local;

namespace Taskmaster.Tests.Deployment;

/// <summary>
/// deploy/ is written by hand, because Aspire's publishers for Compose and Kubernetes are no packages of every feed. It tells each service
/// what AppHost.cs tells it.
/// </summary>
public sealed class ModelTests
{
    /// <summary>What only a deployment says: that a command migrates, who stands in front, and that other replicas take over.</summary>
    private static readonly string[] OfDeployments =
        ["Taskmaster__MigrateAtStart", "Taskmaster__ShutdownDelay", "Taskmaster__TrustedProxies__0"];

    private static readonly string[] Services = ["authserver", "tasksapi", "mcp", "web"];

    [Fact]
    public async Task Compose_tells_each_service_what_the_model_tells_it() =>
        await CompareAsync(service => ((Dictionary<object, object>)DeploymentFiles.ComposeServices[service]["environment"]).Keys
            .Select(name => (string)name));

    [Fact]
    public async Task Kubernetes_tells_each_service_what_the_model_tells_it() =>
        await CompareAsync(service => DeploymentFiles.Of<V1Deployment>().Single(deployment => deployment.Metadata.Name == service)
            .Spec.Template.Spec.Containers.Single().Env.Select(variable => variable.Name));

    [Fact]
    public void A_migration_is_told_what_its_service_is_told()
    {
        foreach (var (migration, service) in ((string, string)[])[("migrate-authdb", "authserver"), ("migrate-tasksdb", "tasksapi")])
        {
            var job = DeploymentFiles.Of<V1Job>().Single(job => job.Metadata.Name == migration).Spec.Template.Spec.Containers.Single();
            var deployed = DeploymentFiles.Of<V1Deployment>().Single(deployment => deployment.Metadata.Name == service)
                .Spec.Template.Spec.Containers.Single();

            Assert.Equal(["migrate"], job.Args);
            Assert.Equal(deployed.Image, job.Image);
            Assert.Equal(
                deployed.Env.Select(variable => variable.Name).Except(OfDeployments).Order(StringComparer.Ordinal),
                job.Env.Select(variable => variable.Name).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Compose_runs_every_service_as_nobody_on_a_file_system_that_it_cannot_write()
    {
        Assert.All([.. Services, "migrate-authdb", "migrate-tasksdb"], service =>
        {
            var composed = DeploymentFiles.ComposeServices[service];
            Assert.Equal("1654:1654", composed["user"]);
            Assert.Equal("true", composed["read_only"]);
            Assert.Equal(["ALL"], (List<object>)composed["cap_drop"]);
            Assert.Equal(["no-new-privileges"], (List<object>)composed["security_opt"]);
        });
        Assert.Equal(
            ["web"],
            DeploymentFiles.ComposeServices.Where(service => service.Value.ContainsKey("ports")).Select(service => service.Key));
    }

    private static async Task CompareAsync(Func<string, IEnumerable<string>> deployed)
    {
        var model = await PublishedManifest.ResourcesAsync();
        Assert.All(Services, service => Assert.Equal(
            SettingsOf(model[service]!).Order(StringComparer.Ordinal),
            deployed(service).Except(OfDeployments).Order(StringComparer.Ordinal)));
    }

    /// <summary>Settings are sections; the rest is Aspire's own, or the same once more. Behind Web there is no TLS.</summary>
    private static IEnumerable<string> SettingsOf(JsonNode service) => service["env"]!.AsObject().Select(variable => variable.Key)
        .Where(name => name.Contains("__", StringComparison.Ordinal) && !name.EndsWith("__https__0", StringComparison.Ordinal));
}
