using System.Text.RegularExpressions;

namespace Taskmaster.Tests.Architecture;

public sealed partial class LineLengthTests
{
    private const int Limit = 140;

    [Fact]
    public void A_line_of_code_has_less_than_140_characters()
    {
        var tooLong = SourceFiles.All.SelectMany(file => WithoutTexts(SourceFiles.Text(file))
            .Split('\n')
            .Select((line, index) => (Line: line, Where: $"{file}:{index + 1}"))
            .Where(line => line.Line.Length >= Limit)
            .Select(line => line.Where));

        Assert.NotEmpty(SourceFiles.All);
        Assert.Empty(tooLong);
    }

    /// <summary>A text that is sent, or compared with what was answered, may be as long as it is.</summary>
    private static string WithoutTexts(string source) =>
        Literal().Replace(source, text => new string('\n', text.Value.Count(character => character == '\n')));

    [GeneratedRegex("\"{3}.*?\"{3}|@\"(?:[^\"]|\"\")*\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Literal();
}
