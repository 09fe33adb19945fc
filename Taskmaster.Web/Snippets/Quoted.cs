using System.Globalization;
using System.Text;

namespace Taskmaster.Web.Snippets;

/// <summary>A text as a literal of a language, in which nothing of the text is read as anything but itself.</summary>
internal static class Quoted
{
    /// <summary>For a POSIX shell: single quotes take everything as it is but themselves.</summary>
    public static string Shell(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>For PowerShell, which takes typographic single quotes for quotes, too; each is written twice.</summary>
    public static string PowerShell(string text)
    {
        var literal = new StringBuilder("'");
        foreach (var character in text)
        {
            literal.Append(character, character is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? 2 : 1);
        }

        return literal.Append('\'').ToString();
    }

    /// <summary>In double quotes, with the escapes that JavaScript, Python, C# and Go have in common.</summary>
    public static string Double(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' =>
                    literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => literal.Append(character),
            };
        }

        return literal.Append('"').ToString();
    }
}
