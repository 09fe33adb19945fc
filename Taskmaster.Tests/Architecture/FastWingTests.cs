using System.Text.RegularExpressions;

namespace Taskmaster.Tests.Architecture;

/// <summary>Code that exists only for speed can be taken out: nothing but <c>Program.cs</c> and other such code names it.</summary>
public sealed class FastWingTests
{
    [Theory]
    [InlineData("Taskmaster.AuthServer")]
    [InlineData("Taskmaster.TasksApi")]
    [InlineData("Taskmaster.TokenStore")]
    [InlineData("Taskmaster.ServiceDefaults")]
    public void A_wing_is_named_by_Program_and_by_other_wings_only(string project)
    {
        var wing = $"{project}.Fast";
        var users = SourceFiles.All
            .Where(file => !file.StartsWith("Taskmaster.Tests/", StringComparison.Ordinal)
                && !file.StartsWith("Taskmaster.Benchmarks/", StringComparison.Ordinal)
                && Regex.IsMatch(SourceFiles.Text(file), $@"\b{Regex.Escape(wing)}\b(?!\.cs)"))
            .ToList();

        Assert.Contains(users, file => file.StartsWith($"{project}/Fast/", StringComparison.Ordinal));
        Assert.DoesNotContain(users, file => !file.Contains("/Fast/", StringComparison.Ordinal)
            && !file.EndsWith("/Program.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Taskmaster.AuthServer", 2)]
    [InlineData("Taskmaster.TasksApi", 1)]
    public void Program_reaches_the_wing_by_one_line_in_each_of_its_parts(string project, int parts)
    {
        var lines = SourceFiles.Text($"{project}/Program.cs")
            .Split('\n')
            .Count(line => line.Contains("FastPaths(", StringComparison.Ordinal));

        Assert.Equal(parts, lines);
    }
}
