using System.Globalization;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>CHANGELOG.md is by day.</summary>
public sealed class ChangelogTests
{
    [Fact]
    public void Every_heading_is_a_day_of_its_own_with_entries_and_the_newest_comes_first()
    {
        var sections = new Document("CHANGELOG.md").Text.Split("\n## ")[1..];

        Assert.NotEmpty(sections);
        Assert.All(sections, section => Assert.Contains("\n- ", section, StringComparison.Ordinal));
        var days = sections
            .Select(section => DateOnly.ParseExact(section.Split('\n')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(days.Distinct().OrderDescending(), days);
    }
}
