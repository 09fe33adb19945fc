using System.Buffers;
using System.Text;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// The characters of an <c>error_description</c>: printable ASCII without quotation mark and backslash (RFC 6749 §4.1.2.1,
/// §5.2; RFC 6750 §3). What a client sent may be quoted in one, and is anything.
/// </summary>
internal static class ErrorDescription
{
    private const int QuotedMaxLength = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character is not ('"' or '\\'))));

    /// <summary>The text, with a question mark for each character that is not allowed.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Allowed))
        {
            return text;
        }

        var written = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            _ = written.Append(character.IsAscii && Allowed.Contains((char)character.Value) ? (char)character.Value : '?');
        }

        return written.ToString();
    }

    /// <summary>What was sent, to be quoted, but not at any length.</summary>
    public static string Quoted(string value) => value.Length <= QuotedMaxLength ? value : value[..QuotedMaxLength] + "...";
}
