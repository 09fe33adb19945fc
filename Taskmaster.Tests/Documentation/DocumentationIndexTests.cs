using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>docs/README.md leads to every page, and every link of every page leads somewhere.</summary>
public sealed partial class DocumentationIndexTests
{
    private const string Folder = "docs/";

    [Fact]
    public void Every_page_of_the_documentation_is_in_its_index_once()
    {
        var pages = RepositoryTexts.Pages.Select(page => page.Path)
            .Where(path => path.StartsWith(Folder, StringComparison.Ordinal)).Select(path => path[Folder.Length..])
            .Where(path => path != "README.md");

        var linked = LinksOf(new Document(Folder + "README.md").Text)
            .Where(link => link.EndsWith(".md", StringComparison.Ordinal) && !link.StartsWith("..", StringComparison.Ordinal));

        Assert.Equal(pages.Order(StringComparer.Ordinal), linked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_decision_is_in_the_index_by_its_number_and_title()
    {
        var index = new Document("docs/README.md").Text;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions"), "*.md").Order(StringComparer.Ordinal))
        {
            var heading = File.ReadLines(file).First()["# ".Length..];
            var number = heading.Split('.')[0];
            Assert.StartsWith(number.PadLeft(4, '0') + "-", Path.GetFileName(file), StringComparison.Ordinal);
            var title = heading[$"{number}. ".Length..];
            Assert.Contains($"\n{number}. [{title}](decisions/{Path.GetFileName(file)})\n", index, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading_that_are_there()
    {
        var links = RepositoryTexts.Pages.SelectMany(page => LinksOf(page.Text).Select(link => (page.Path, Link: link))).ToList();

        Assert.True(links.Count > 100);
        Assert.All(links, found =>
        {
            var (file, heading) = found.Link.Split('#', 2) is [var first, var second] ? (first, second) : (found.Link, "");
            var from = Path.Combine(Repository.Root, found.Path);
            var target = file.Length == 0 ? from : Path.Combine(Path.GetDirectoryName(from)!, file);
            Assert.True(Path.Exists(target), $"{found.Path}: {found.Link} leads nowhere.");
            var isThere = heading.Length == 0 || HeadingsOf(File.ReadAllText(target)).Contains(heading);
            Assert.True(isThere, $"{found.Path}: {found.Link} names no heading.");
        });
    }

    private static IEnumerable<string> LinksOf(string page) => Link().Matches(Code().Replace(page, ""))
        .Select(match => match.Groups[1].Value)
        .Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>As GitHub and the site name them.</summary>
    private static HashSet<string> HeadingsOf(string page) =>
        [.. Heading().Matches(page).Select(match => Left().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Left();
}
