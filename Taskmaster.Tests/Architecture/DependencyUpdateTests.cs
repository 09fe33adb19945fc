using System.Xml.Linq;
using Taskmaster.Tests.Documentation;
using Taskmaster.Tests.Fixtures;
using YamlDotNet.RepresentationModel;

namespace Taskmaster.Tests.Architecture;

/// <summary>.github/dependabot.yml knows every package and folder there is; what it does not know would never be updated.</summary>
public sealed class DependencyUpdateTests
{
    [Fact]
    public void Packages_that_move_together_in_the_build_are_one_group_of_updates()
    {
        var groups = (YamlMappingNode)Updates("nuget")["groups"];
        var together = XDocument.Parse(new Document("Directory.Packages.props").Text).Descendants("ItemGroup")
            .Select(items => items.Elements("PackageVersion").Attributes("Include").Select(package => package.Value).ToList())
            .Where(packages => packages.Count > 0)
            .Select(packages => Assert.Single(packages.Select(GroupOf).Distinct()))
            .ToList();

        Assert.Equal(groups.Children.Keys.Select(name => name.ToString()).Order(), together.Order());

        string GroupOf(string package) => groups.Children
            .First(group => Texts(group.Value["patterns"]).Any(pattern => Matches(package, pattern))).Key.ToString();
    }

    [Fact]
    public void Every_folder_with_packages_of_npm_is_updated()
    {
        var folders = Directory.EnumerateFiles(Repository.Root, "package.json", SearchOption.AllDirectories)
            .Select(RepositoryTexts.PathOf)
            .Where(path => !path.Split('/').Intersect(RepositoryTexts.Generated).Any())
            .Select(path => "/" + Path.GetDirectoryName(path));

        Assert.Equal(folders.Order(), Texts(Updates("npm")["directories"]).Order());
    }

    private static YamlNode Updates(string ecosystem)
    {
        var file = new YamlStream();
        file.Load(new StringReader(new Document(".github/dependabot.yml").Text));
        var updates = (YamlSequenceNode)file.Documents[0].RootNode["updates"];
        return Assert.Single(updates, entry => entry["package-ecosystem"].ToString() == ecosystem);
    }

    private static IEnumerable<string> Texts(YamlNode sequence) => ((YamlSequenceNode)sequence).Select(node => node.ToString());

    private static bool Matches(string package, string pattern) =>
        pattern.EndsWith('*') ? package.StartsWith(pattern[..^1], StringComparison.Ordinal) : package == pattern;
}
