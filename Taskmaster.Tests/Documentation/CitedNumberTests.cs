using System.Globalization;
using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>
/// A number that a text cites, of a behaviour, a decision or a bar of performance, is a line in this repository. What is numbered
/// elsewhere only, an issue or a section of a design, is not cited: nobody could look it up here.
/// </summary>
public sealed partial class CitedNumberTests
{
    [Fact]
    public void Every_behaviour_that_is_cited_is_in_the_page() =>
        Resolve(Behaviour(), 200, BehavioursPageTests.Behaviours.Select(behaviour => behaviour.Number));

    [Fact]
    public void Every_decision_that_is_cited_has_its_page()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "decisions"), "*.md");

        Resolve(Decision(), 29, pages.Select(page => Number(Path.GetFileName(page)[..4])));
    }

    [Fact]
    public void A_link_to_a_decision_has_the_number_of_its_page()
    {
        var links = RepositoryTexts.Pages.SelectMany(page => DecisionLink().Matches(page.Text)).ToList();

        Assert.True(links.Count > 5);
        Assert.All(links, link => Assert.Equal(Number(link.Groups[1].Value), Number(link.Groups[2].Value)));
    }

    [Fact]
    public void Every_bar_of_performance_that_is_cited_is_in_its_page()
    {
        var page = RepositoryTexts.Pages.FirstOrDefault(page => page.Path == "docs/performance.md").Text ?? "";

        Resolve(Bar(), 0, NumberedRow().Matches(page).Select(row => Number(row.Groups[1].Value)));
    }

    [Fact]
    public void Nothing_cites_a_document_that_is_not_here() =>
        Assert.All(RepositoryTexts.All, file =>
        {
            var found = Elsewhere().Match(file.Text);
            Assert.False(found.Success, $"{file.Path}: '{found}' is nowhere in this repository.");
        });

    private static void Resolve(Regex citation, int atLeast, IEnumerable<int> there)
    {
        var known = there.ToHashSet();
        var cited = (
            from file in RepositoryTexts.All
            from match in citation.Matches(file.Text)
            from number in Digits().Matches(match.Value)
            select (file.Path, Citation: match.Value, Number: Number(number.Value))).ToList();

        Assert.True(cited.Count >= atLeast, $"Only {cited.Count} citations were found.");
        Assert.All(cited, found => Assert.True(known.Contains(found.Number), $"{found.Path}: '{found.Citation}' resolves to nothing."));
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Behaviour"", ""\d+|Behaviour=\d+|\bbehaviours?\s+\d+(?:(?:,| and| or| to)\s+\d+)*", RegexOptions.IgnoreCase)]
    private static partial Regex Behaviour();

    [GeneratedRegex(@"\bdecisions?\s+\d+(?:(?:,| and| or| to)\s+\d+)*|\bdecisions/\d{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Decision();

    [GeneratedRegex(@"\[decision (\d+)\]\([^)]*?(\d{4})-", RegexOptions.IgnoreCase)]
    private static partial Regex DecisionLink();

    [GeneratedRegex(@"\bbars?\s+\d+(?:(?:,| and| or| to)\s+\d+)*", RegexOptions.IgnoreCase)]
    private static partial Regex Bar();

    [GeneratedRegex(@"^\| *(\d+) *\|", RegexOptions.Multiline)]
    private static partial Regex NumberedRow();

    [GeneratedRegex(@"\bissues?\s+#?\d+|\bdesign,?\s+§|\.\./shared/\w+\.md", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
