using System.Text.RegularExpressions;

namespace Taskmaster.Tests.Fixtures;

/// <summary>A document of the repository and the commands in it.</summary>
public sealed partial class Document
{
    private readonly string _name;
    private readonly string _text;

    public Document(string name)
    {
        _name = name;
        _text = File.ReadAllText(Path.Combine(Projects.Taskmaster_AppHost.ProjectPath, "..", name));
    }

    /// <summary>The commands of the bash block that has <paramref name="part"/> in it, each as it would be pasted.</summary>
    public string[] Commands(string part)
    {
        var block = Blocks("bash").FirstOrDefault(block => block.Contains(part, StringComparison.Ordinal));
        Assert.True(block is not null, $"{_name} has no bash block with '{part}'.");
        return NewCommand().Split(block.Trim());
    }

    /// <summary>The code blocks of a language, whole.</summary>
    public string[] Blocks(string language) =>
        [.. Block().Matches(_text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    public string Text => _text;

    public bool Contains(string text) => _text.Contains(text, StringComparison.Ordinal);

    [GeneratedRegex("""^```(\w+)\n(.*?)^```""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    // A line break that no backslash continues.
    [GeneratedRegex("""(?<!\\)\n+""")]
    private static partial Regex NewCommand();
}
