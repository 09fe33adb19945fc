using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;
using Taskmaster.Web.Snippets;

namespace Taskmaster.Tests.Web;

/// <summary>The programs that the Developer pages fill in. That they run as shown: <c>EndToEnd/FirstCallTests</c>.</summary>
public sealed partial class SnippetTests
{
    /// <summary>No origin, id or secret of ours has any of it.</summary>
    private const string Awkward = "it's \"$HOME\" `id` $(id) \\n \\ #{x} %s ‘curly’ größe 🦊 \u2028 end";

    private static readonly ApiAccess Client = new("https://tasks.example", "the-client", "the-secret", MayRead: true, MayWrite: true);

    private static readonly ApiAccess Key = ApiAccess.OfApiKey("https://tasks.example", "tmk_the-key", ["tasks:read"]);

    public static TheoryData<string> Languages => [.. Snippet.All.Select(snippet => snippet.Id)];

    [NpmFact]
    public async Task What_is_quoted_is_read_as_it_is()
    {
        Assert.Equal(Awkward, await Shell.RunAsync($"printf %s {Quoted.Shell(Awkward)}"));
        Assert.Equal(Awkward, await NodeAsync($"process.stdout.write({Quoted.Double(Awkward)})"));

        static Task<string> NodeAsync(string program) => Shell.RunAsync($"node -e {Quoted.Shell(program)}");
    }

    [Theory]
    [InlineData("a'b", "'a''b'")]
    [InlineData("$(x) `y", "'$(x) `y'")]
    [InlineData("‘a’", "'‘‘a’’'")]
    public void PowerShell_doubles_every_quote_it_knows_and_reads_the_rest_as_it_is(string text, string literal) =>
        Assert.Equal(literal, Quoted.PowerShell(text));

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_program_holds_what_it_needs_and_nothing_to_replace(string id)
    {
        var snippet = Snippet.All.Single(snippet => snippet.Id == id);

        var withToken = snippet.Write(Client)!;
        var withKey = snippet.Write(Key)!;

        foreach (var text in new[] { "https://tasks.example", "/oauth2/token", "the-client", "the-secret", "grant_type", "/api/tasks" })
        {
            Assert.Contains(text, withToken, StringComparison.Ordinal);
        }

        Assert.Contains("tmk_the-key", withKey, StringComparison.Ordinal);
        Assert.DoesNotContain("/oauth2/token", withKey, StringComparison.Ordinal);
        foreach (var program in new[] { withToken, withKey })
        {
            Assert.DoesNotMatch(Placeholder(), program);
            Assert.DoesNotContain('\r', program);
            Assert.All(program.Split('\n'), line => Assert.True(line.Length < 140 && line == line.TrimEnd(), line));
            foreach (var (open, close) in new[] { ('{', '}'), ('(', ')') })
            {
                var shape = QuotedText().Replace(program, "");
                Assert.Equal(shape.Count(character => character == open), shape.Count(character => character == close));
            }
        }
    }

    [Fact]
    public void Go_imports_what_it_uses_and_nothing_else()
    {
        foreach (var program in new[] { new GoSnippet().Write(Client)!, new GoSnippet().Write(Key)! })
        {
            var imported = Import().Matches(program).Select(match => match.Groups[1].Value.Split('/')[^1]).ToList();
            Assert.NotEmpty(imported);
            var used = Package().Matches(program).Select(match => match.Groups[1].Value).Distinct();
            Assert.Equal(imported.Order(), used.Intersect(["fmt", "io", "log", "http", "json", "strings", "url", "bytes"]).Order());
        }
    }

    [Fact]
    public void Who_may_only_write_gets_the_program_that_writes()
    {
        var access = ApiAccess.OfApiKey("https://tasks.example", "tmk_the-key", ["tasks:write"]);

        var curl = Assert.Single(Snippet.All, snippet => snippet.Write(access) is not null);

        Assert.DoesNotContain("# Your tasks", curl.Write(access), StringComparison.Ordinal);
        Assert.DoesNotContain("first-task", curl.Write(Key), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?i)your_|<[a-z_ ]+>|placeholder|example\\.com")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""("([^"\\\n]|\\.)*")|('[^'\n]*')|#.*|//.*""")]
    private static partial Regex QuotedText();

    [GeneratedRegex("""^\t"([a-z/]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("""\b([a-z]+)\.[A-Z]""")]
    private static partial Regex Package();
}
