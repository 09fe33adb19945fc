using k8s;
using k8s.Models;
using Taskmaster.Tests.Documentation;
using Taskmaster.Tests.Fixtures;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Taskmaster.Tests.Deployment;

/// <summary>What is below deploy/, as whoever takes it reads it.</summary>
internal static class DeploymentFiles
{
    public const string Kubernetes = "deploy/kubernetes/";

    private const string Kustomization = "kustomization.yaml";

    /// <summary>The objects of each file, by the Kubernetes API's own types: a member that no type has is an error.</summary>
    public static IReadOnlyList<(string File, object Content)> Objects { get; } =
    [
        .. from file in RepositoryTexts.All
           where file.Path.StartsWith(Kubernetes, StringComparison.Ordinal) && file.Path.EndsWith(".yaml", StringComparison.Ordinal)
               && !file.Path.EndsWith(Kustomization, StringComparison.Ordinal)
           from content in KubernetesYaml.LoadAllFromString(file.Text, typeMap: null, strict: true)
           select (file.Path, content),
    ];

    public static IEnumerable<T> Of<T>() => Objects.Select(found => found.Content).OfType<T>();

    /// <summary>Every pod that is run, by the name of what runs it.</summary>
    public static IReadOnlyList<(string Name, V1PodSpec Pod)> Pods { get; } =
    [
        .. Of<V1Deployment>().Select(found => (found.Metadata.Name, found.Spec.Template.Spec)),
        .. Of<V1StatefulSet>().Select(found => (found.Metadata.Name, found.Spec.Template.Spec)),
        .. Of<V1Job>().Select(found => (found.Metadata.Name, found.Spec.Template.Spec)),
    ];

    /// <summary>Each kustomization's path, and the files and folders that it takes in.</summary>
    public static IReadOnlyList<(string File, IReadOnlyList<string> Resources)> Kustomizations { get; } =
    [
        .. from file in RepositoryTexts.All
           where file.Path.StartsWith(Kubernetes, StringComparison.Ordinal)
               && file.Path.EndsWith(Kustomization, StringComparison.Ordinal)
           let resources = (YamlSequenceNode)Document(file.Text)["resources"]
           select (file.Path, (IReadOnlyList<string>)[.. resources.Select(resource => PathOf(file.Path, resource.ToString()))]),
    ];

    /// <summary>The services of deploy/compose.yaml, with what is merged into them.</summary>
    public static IReadOnlyDictionary<string, Dictionary<string, object>> ComposeServices { get; } = ReadCompose();

    private static Dictionary<string, Dictionary<string, object>> ReadCompose()
    {
        var parser = new MergingParser(new Parser(new StringReader(new Document("deploy/compose.yaml").Text)));
        var compose = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        return ((Dictionary<object, object>)compose["services"]).ToDictionary(
            service => (string)service.Key,
            service => ((Dictionary<object, object>)service.Value).ToDictionary(member => (string)member.Key, member => member.Value));
    }

    private static YamlNode Document(string text)
    {
        var file = new YamlStream();
        file.Load(new StringReader(text));
        return file.Documents[0].RootNode;
    }

    private static string PathOf(string kustomization, string resource) => RepositoryTexts.PathOf(
        Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(kustomization)!, resource)));
}
