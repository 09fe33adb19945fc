using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.TasksApi;

/// <summary>What docs/how-to-add.md says that a field of a task costs, compared with one that is there: its description.</summary>
public sealed partial class FieldCostTests
{
    private static readonly string[] Projects = ["Taskmaster.TasksApi", "Taskmaster.Web"];

    /// <summary>Where "description" is something else than a task's.</summary>
    private static readonly string[] Others =
    [
        "Taskmaster.TasksApi/Authentication/", // error_description of RFC 6750
        "Taskmaster.TasksApi/OpenApi/ReferenceOutline.cs", // of the API
        "Taskmaster.TasksApi/OpenApi/ReferencePage.cs", // of an HTML page
        "Taskmaster.TasksApi/Projects/",
        "Taskmaster.TasksApi/RequestLogs/", // error_description, too
        "Taskmaster.TasksApi/Data/Migrations/",
        "Taskmaster.Web/Api/RequestLogContracts.cs", // error_description, too
        "Taskmaster.Web/Pages/Account/", // of what an event says
        "Taskmaster.Web/Pages/Developer/",
        "Taskmaster.Web/Pages/Docs/", // of an HTML page
        "Taskmaster.Web/Pages/Projects/",
        "Taskmaster.Web/Pages/Shared/_Layout.cshtml",
        "Taskmaster.Web/Snippets/", // of the task that a program makes
    ];

    [Fact]
    public void A_field_is_named_in_the_files_that_the_page_lists_and_in_no_others()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "how-to-add.md"));
        var tables = Table()
            .Matches(page[..page.IndexOf("## An endpoint", StringComparison.Ordinal)])
            .Select(match => match.Value)
            .ToList();
        var always = FilesIn(tables[0]);
        var sometimes = FilesIn(tables[1]);

        var naming = Projects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.cs*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".cshtml", StringComparison.Ordinal))
                && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && !Others.Any(other => file.StartsWith(other, StringComparison.Ordinal))
                && Names(file))
            .ToList();

        Assert.InRange(always.Count, 1, 8);
        Assert.Equal(always.Order(), naming.Except(sometimes).Order());
        Assert.All(sometimes, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));
    }

    private static List<string> FilesIn(string table) => [.. Named().Matches(table).Select(match => match.Groups["file"].Value)];

    private static bool Names(string file)
    {
        var text = Comment().Replace(File.ReadAllText(Path.Combine(Repository.Root, file)), "");

        // OpenAPI's own objects have a Description, too; a field's name on the wire stands in quotes there.
        return (file.StartsWith("Taskmaster.TasksApi/OpenApi/", StringComparison.Ordinal) ? InQuotes() : Word()).IsMatch(text);
    }

    [GeneratedRegex(@"^\| .+(\n\|.+)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex("`(?<file>Taskmaster[^`]+)`")]
    private static partial Regex Named();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"""description""")]
    private static partial Regex InQuotes();

    [GeneratedRegex(@"\bdescription\b", RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
