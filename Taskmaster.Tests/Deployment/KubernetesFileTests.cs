using System.Globalization;
using k8s.Models;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Deployment;

/// <summary>deploy/kubernetes is what Kubernetes takes, and has what a service on many nodes needs.</summary>
public sealed class KubernetesFileTests
{
    private static readonly string[] Services = ["authserver", "mcp", "tasksapi", "web"];

    [Fact]
    public void Every_file_is_of_the_API_s_types_and_is_taken_in_by_a_kustomization_whose_resources_are_all_there()
    {
        var files = DeploymentFiles.Objects.Select(found => found.File).Distinct().ToList();

        Assert.True(files.Count > 10);
        Assert.Empty(files.Except(DeploymentFiles.Kustomizations.SelectMany(kustomization => kustomization.Resources)));
        Assert.All(
            DeploymentFiles.Kustomizations.SelectMany(kustomization => kustomization.Resources),
            resource => Assert.True(Path.Exists(Path.Combine(Repository.Root, resource)), $"{resource} is not there."));
    }

    [Fact]
    public void Every_container_is_nobody_writes_nothing_and_may_gain_nothing()
    {
        Assert.True(DeploymentFiles.Pods.Count > 8);
        Assert.All(DeploymentFiles.Pods, found =>
        {
            var pod = found.Pod;
            Assert.True(pod.SecurityContext.RunAsNonRoot, found.Name);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken, found.Name);
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem, found.Name);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation, found.Name);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Contains("memory", container.Resources.Limits.Keys);
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order(StringComparer.Ordinal));
                Assert.All(container.Env ?? [], variable => Assert.False(
                    variable.Value is not null && IsSecret(variable.Name), $"{found.Name}: {variable.Name} is in the file."));
            });
        });

        static bool IsSecret(string name) => name.Contains("Secret", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("Key", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ConnectionStrings", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_service_has_two_replicas_or_more_that_are_spread_probed_kept_while_nodes_go_and_scaled()
    {
        var deployments = DeploymentFiles.Of<V1Deployment>().ToDictionary(deployment => deployment.Metadata.Name);

        Assert.Equal(Services, deployments.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Services, DeploymentFiles.Of<V1Service>().Select(service => service.Metadata.Name)
            .Intersect(Services).Order(StringComparer.Ordinal));
        Assert.Equal(Services, DeploymentFiles.Of<V1PodDisruptionBudget>()
            .Select(budget => budget.Spec.Selector.MatchLabels.Values.Single()).Order(StringComparer.Ordinal));
        Assert.Equal(Services, DeploymentFiles.Of<V2HorizontalPodAutoscaler>()
            .Where(scaler => scaler.Spec is { MinReplicas: >= 2, ScaleTargetRef.Kind: "Deployment" })
            .Select(scaler => scaler.Spec.ScaleTargetRef.Name).Order(StringComparer.Ordinal));
        Assert.All(deployments, found =>
        {
            var (name, deployment) = found;
            var pod = deployment.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            Assert.True(deployment.Spec is { Replicas: >= 2, MinReadySeconds: >= 10 });
            Assert.Equal(name, deployment.Spec.Selector.MatchLabels.Values.Single());
            Assert.Equal(
                ["kubernetes.io/hostname", "topology.kubernetes.io/zone"],
                pod.TopologySpreadConstraints.Select(spread => spread.TopologyKey));
            Assert.Equal("/alive", container.StartupProbe.HttpGet.Path);
            Assert.Equal("/alive", container.ReadinessProbe.HttpGet.Path);
            Assert.Equal("/alive", container.LivenessProbe.HttpGet.Path);
        });
    }

    [Fact]
    [Trait("Behaviour", "53")]
    public void A_replica_that_goes_has_the_time_to_be_forgotten_by_the_nodes_and_to_answer_what_it_has_taken() =>
        Assert.All(DeploymentFiles.Of<V1Deployment>(), deployment =>
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            var forgotten = container.Lifecycle.PreStop.Sleep.Seconds;
            var delay = TimeSpan.Parse(
                container.Env.Single(variable => variable.Name == "Taskmaster__ShutdownDelay").Value, CultureInfo.InvariantCulture);
            Assert.InRange(forgotten, 5, 30);
            Assert.InRange(delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
            Assert.True(pod.TerminationGracePeriodSeconds >= forgotten + delay.TotalSeconds + 10);
        });

    [Fact]
    public void Nobody_reaches_anybody_unless_a_policy_says_so_and_only_Web_is_reached_from_outside()
    {
        var policies = DeploymentFiles.Of<V1NetworkPolicy>().ToList();
        var everything = Assert.Single(policies, policy => policy.Metadata.Name == "default-deny");
        Assert.Equal(["Ingress", "Egress"], everything.Spec.PolicyTypes);
        Assert.Null(everything.Spec.PodSelector.MatchLabels);
        Assert.Null(everything.Spec.Ingress);

        var fromOutside = policies
            .Where(policy => (policy.Spec.Ingress ?? []).Any(rule => rule.FromProperty.Any(peer => peer.PodSelector is null)));
        Assert.Equal("web", Assert.Single(fromOutside).Spec.PodSelector.MatchLabels.Values.Single());

        string[] clients = ["authserver", "mcp", "migrate", "tasksapi", "web"];
        var ofStores = policies.Where(policy => policy.Metadata.Name is "redis" or "postgres").ToList();
        Assert.Equal(2, ofStores.Count);
        Assert.All(ofStores, policy => Assert.Equal(
            clients, Assert.Single(Assert.Single(policy.Spec.Ingress).FromProperty).PodSelector.MatchExpressions.Single().Values
                .Order(StringComparer.Ordinal)));
    }
}
