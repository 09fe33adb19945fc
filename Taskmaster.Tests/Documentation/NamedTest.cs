using System.Reflection;
using System.Text.RegularExpressions;

namespace Taskmaster.Tests.Documentation;

/// <summary>A test as the pages name it: <c>Folder/Class.Method</c> between backquotes.</summary>
internal sealed partial record NamedTest(string Class, string Method)
{
    public static IReadOnlyList<NamedTest> In(string text) =>
        [.. Pattern().Matches(text).Select(match => new NamedTest(match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>The method, if there is such a test.</summary>
    public MethodInfo? Find() =>
        typeof(NamedTest).Assembly.GetType("Taskmaster.Tests." + Class.Replace('/', '.'))?.GetMethod(Method) is { } found
        && found.GetCustomAttributes<FactAttribute>().Any() ? found : null;

    [GeneratedRegex(@"`([A-Za-z]+(?:/[A-Za-z]+)+)\.(\w+)`")]
    private static partial Regex Pattern();
}
