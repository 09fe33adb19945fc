using System.Globalization;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Documentation;

/// <summary>docs/behaviours.md has each number once, and the tests it names exist and say that they show that number.</summary>
public sealed class BehavioursPageTests
{
    private const int Last = 58;

    private static readonly string[] Stands = ["held", "partly", "planned"];

    internal static IReadOnlyList<Behaviour> Behaviours { get; } = [.. new Document("docs/behaviours.md").Text.Split('\n')
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
        .Where(row => int.TryParse(row[0], out _))
        .Select(row => new Behaviour(int.Parse(row[0], CultureInfo.InvariantCulture), row[2], NamedTest.In(row[3])))];

    [Fact]
    public void Every_number_is_there_once_and_in_order() =>
        Assert.Equal(Enumerable.Range(1, Last), Behaviours.Select(behaviour => behaviour.Number));

    [Fact]
    public void What_is_held_names_its_tests_what_is_not_says_why_and_what_is_planned_names_none() =>
        Assert.All(Behaviours, behaviour =>
        {
            var (stand, why) = behaviour.Stand.Split(": ", 2) is [var first, var second] ? (first, second) : (behaviour.Stand, "");
            Assert.Contains(stand, Stands);
            Assert.Equal(stand == "held", why.Length == 0);
            Assert.Equal(stand == "planned", behaviour.Tests.Count == 0);
        });

    [Fact]
    public void Every_test_that_the_page_names_exists_and_has_the_number_as_its_trait() =>
        Assert.All(Behaviours.SelectMany(behaviour => behaviour.Tests.Select(test => (behaviour.Number, Test: test))), named =>
        {
            var method = named.Test.Find();
            Assert.True(method is not null, $"Behaviour {named.Number}: there is no test {named.Test.Class}.{named.Test.Method}.");
            var traits = method.GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(TraitAttribute))
                .Select(attribute => $"{attribute.ConstructorArguments[0].Value} {attribute.ConstructorArguments[1].Value}");
            Assert.True(
                traits.Contains($"Behaviour {named.Number}"),
                $"{named.Test.Class}.{named.Test.Method} has not the trait Behaviour {named.Number}.");
        });

    internal sealed record Behaviour(int Number, string Stand, IReadOnlyList<NamedTest> Tests);
}
