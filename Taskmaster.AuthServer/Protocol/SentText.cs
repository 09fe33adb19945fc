using System.Globalization;
using System.Text;

namespace Taskmaster.AuthServer.Protocol;

/// <summary>
/// What somebody sent, to be shown to a person: as printable ASCII, so that nothing in it is invisible, and not at any length.
/// </summary>
internal static class SentText
{
    private const string Cut = "...";

    /// <summary>The text with whatever is not printable ASCII percent-encoded as UTF-8 (RFC 3986 §2.1), and cut.</summary>
    public static string Of(string text, int maximumLength)
    {
        var shown = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        foreach (var character in text.EnumerateRunes())
        {
            if (character.Value is >= ' ' and <= '~')
            {
                _ = shown.Append((char)character.Value);
            }
            else
            {
                foreach (var code in bytes[..character.EncodeToUtf8(bytes)])
                {
                    _ = shown.Append(CultureInfo.InvariantCulture, $"%{code:X2}");
                }
            }

            if (shown.Length > maximumLength)
            {
                return shown.ToString(0, maximumLength) + Cut;
            }
        }

        return shown.ToString();
    }
}
