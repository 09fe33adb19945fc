using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>What <c>docs/interoperability.md</c> says of other software is shown by tests that exist, in the versions that run.</summary>
public sealed class InteroperabilityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "interoperability.md"));

    private static readonly IReadOnlyList<string[]> Rows = [.. Page.Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
        .Where(row => row[^1] != "shown by")];

    [Fact]
    public void Every_line_names_tests_and_each_of_them_exists()
    {
        Assert.True(Rows.Count >= 20);
        Assert.All(Rows, row => Assert.NotEmpty(NamedTest.In(row[^1])));
        Assert.All(Rows.SelectMany(row => NamedTest.In(row[^1])).Distinct(), test => Assert.True(
            test.Find() is not null, $"There is no test {test.Class}.{test.Method}."));
    }

    [Theory]
    [InlineData("openid-client", "`openid-client` ")]
    [InlineData("@modelcontextprotocol/sdk", "MCP TypeScript SDK ")]
    [InlineData("express-openid-connect", "`express-openid-connect` ")]
    public void A_version_that_was_seen_is_the_one_that_runs_here(string package, string words)
    {
        var manifest = File.ReadAllText(Path.Combine(Repository.Root, "eng", "relying-party", "package.json"));
        var version = System.Text.Json.Nodes.JsonNode.Parse(manifest)!["dependencies"]![package]!.GetValue<string>();

        Assert.Contains(words + version, Page, StringComparison.Ordinal);
    }
}
