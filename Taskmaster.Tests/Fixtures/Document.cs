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
        var block = BashBlock().Matches(_text).Select(match => match.Groups[1].Value)
            .FirstOrDefault(block => block.Contains(part, StringComparison.Ordinal));
        Assert.True(block is not null, $"{_name} has no bash block with '{part}'.");
        return NewCommand().Split(block.Trim());
    }

    public string Text => _text;

    public bool Contains(string text) => _text.Contains(text, StringComparison.Ordinal);

    [GeneratedRegex("""^```bash\n(.*?)^```""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BashBlock();

    // A line break that no backslash continues.
    [GeneratedRegex("""(?<!\\)\n+""")]
    private static partial Regex NewCommand();
}
