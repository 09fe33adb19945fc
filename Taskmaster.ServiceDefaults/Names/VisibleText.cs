using System.Globalization;
using System.Text;

namespace Taskmaster.ServiceDefaults.Names;

/// <summary>
/// Whether a name shows anything. A name of spaces, zero-width characters or characters that fonts leave blank is a line
/// that nobody sees, a link that nobody can follow and a consent page that asks for nobody.
/// </summary>
public static class VisibleText
{
    private const int BraillePatternBlank = 0x2800;

    /// <summary>
    /// Whether at least one character of <paramref name="text"/> has a shape of its own. Letters, digits, punctuation and
    /// symbols of every script do, and characters that this version of Unicode does not know yet are taken to.
    /// </summary>
    public static bool IsIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        foreach (var character in text.EnumerateRunes())
        {
            if (HasShape(character))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasShape(Rune character) => Rune.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => false,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,

        // A mark is drawn on the character before it.
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => false,
        _ => character.Value != BraillePatternBlank && !IsIgnorable(character.Value),
    };

    /// <summary>
    /// Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), as far as the category does not say it: the
    /// fillers of Hangul are letters, and what is reserved for more such characters has no category.
    /// </summary>
    private static bool IsIgnorable(int character) => character is
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
