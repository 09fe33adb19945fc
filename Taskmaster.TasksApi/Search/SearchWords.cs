using System.Globalization;
using System.Text;
using NpgsqlTypes;

namespace Taskmaster.TasksApi.Search;

/// <summary>
/// What a word is, for what is looked for and for what is looked through: letters and digits without anything between
/// them, in one case. It is decided here and not by Postgres, whose parser and lower() follow the locale a database was
/// made with, and take client/server, node.js, ABC-123 and 2026-01-15 for paths, hosts and numbers (docs/tasks-api.md).
/// </summary>
internal static class SearchWords
{
    /// <summary>Of a longer word so many characters count: no query holds more, and Postgres takes no word over 2,046 bytes.</summary>
    public const int MostCharacters = 200;

    private const int ZeroWidthSpace = 0x200B;

    /// <summary>The words in their order.</summary>
    public static List<string> Of(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var length = 0;
        foreach (var character in text.EnumerateRunes())
        {
            switch (PartOf(character))
            {
                case Part.Word when length++ < MostCharacters:
                    AppendFolded(word, character);
                    break;

                // A mark belongs to the letter before it; without one it is none.
                case Part.Mark when word.Length > 0 && length++ < MostCharacters:
                    word.Append(character);
                    break;
                case Part.Boundary:
                    Finish();
                    break;
            }
        }

        Finish();
        return words;

        void Finish()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            length = 0;
        }
    }

    /// <summary>What Postgres keeps of two texts: each word and where it is. No phrase goes from the one into the other.</summary>
    public static NpgsqlTsVector Vector(string first, string second)
    {
        var text = new StringBuilder();
        var position = 0;
        foreach (var part in (ReadOnlySpan<string>)[first, second])
        {
            foreach (var word in Of(part))
            {
                // Quoted, though a word has no character that would need it.
                text.Append(CultureInfo.InvariantCulture, $"'{word}':{++position} ");
            }

            position++;
        }

        // Not every text that Postgres takes is read as it would be; ours is of the simplest kind, and there is no other way.
#pragma warning disable CS0618
        return NpgsqlTsVector.Parse(text.ToString());
#pragma warning restore CS0618
    }

    private static Part PartOf(Rune character) => Rune.GetUnicodeCategory(character) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Part.Word,

        // Variation selectors and enclosing marks change how a character looks, and not which one it is.
        UnicodeCategory.NonSpacingMark when character.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => Part.Nothing,
        UnicodeCategory.EnclosingMark => Part.Nothing,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Part.Mark,

        // Soft hyphens, joiners, directions: within a word, and not seen.
        UnicodeCategory.Format when character.Value != ZeroWidthSpace => Part.Nothing,
        _ => Part.Boundary,
    };

    /// <summary>
    /// Unicode's simple case folding (what is left of a letter in upper and then in lower case), with two of its full one:
    /// STRASSE is Straße, and the Turkish i with and without a dot are the i that their capitals are confused with.
    /// </summary>
    private static void AppendFolded(StringBuilder word, Rune letter)
    {
        switch (letter.Value)
        {
            case 'ß' or 'ẞ':
                word.Append("ss");
                break;
            case 'İ' or 'ı':
                word.Append('i');
                break;
            default:
                word.Append(Rune.ToLowerInvariant(Rune.ToUpperInvariant(letter)));
                break;
        }
    }

    private enum Part
    {
        Boundary,
        Nothing,
        Word,
        Mark,
    }
}
