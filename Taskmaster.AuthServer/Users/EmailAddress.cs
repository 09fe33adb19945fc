using System.Buffers;
using System.Globalization;

namespace Taskmaster.AuthServer.Users;

/// <summary>
/// Whether a text is an address that mail on the Internet can be sent to: a dot-string and a domain name of two labels or
/// more (RFC 5321 §4.1.2), in any script (RFC 6531 §3.3). Quoted local parts and addresses of machines are left out: nobody
/// is known to have one, and much that is not an address looks like one.
/// </summary>
internal static class EmailAddress
{
    private const int LocalPartMaxLength = 64;
    private const int LabelMaxLength = 63;
    private const int DomainMaxLength = 253;

    // RFC 5322 §3.2.3, atext without letters and digits.
    private static readonly SearchValues<char> Symbols = SearchValues.Create("!#$%&'*+-/=?^_`{|}~");
    private static readonly SearchValues<char> Label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly IdnMapping Names = new() { UseStd3AsciiRules = true };

    public static bool IsOne(string text) => text.Trim().Split('@') is [var local, var domain] && IsLocalPart(local) && IsDomain(domain);

    private static bool IsLocalPart(string local) =>
        local.Length <= LocalPartMaxLength
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomText));

    private static bool IsAtomText(char character) => char.IsLetterOrDigit(character) || IsMark(character) || Symbols.Contains(character);

    private static bool IsDomain(string domain)
    {
        string ascii;
        try
        {
            ascii = Names.GetAscii(domain).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        var labels = ascii.Split('.');
        return ascii.Length <= DomainMaxLength
            && labels.Length >= 2
            && Array.TrueForAll(labels, IsLabel)
            // Four numbers are an address of a machine (RFC 1123 §2.1).
            && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelMaxLength
        && !label.AsSpan().ContainsAnyExcept(Label)
        && label[0] is not '-'
        && label[^1] is not '-';

    private static bool IsMark(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
