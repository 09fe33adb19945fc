using System.Globalization;
using System.Text;

namespace Taskmaster.AuthServer.Users;

/// <summary>
/// Whether a name reads as Taskmaster's own, which no user's may: with letters of other alphabets, digits for letters,
/// accents or invisible characters, too. It cannot know every font, so no page relies on it to say what is Taskmaster's.
/// </summary>
internal static class ProductName
{
    public const string Plain = "taskmaster";

    // What reads as a letter of the name, in small letters and after compatibility decomposition (Unicode Standard Annex 15, NFKD).
    private static readonly Dictionary<char, string> _lookAlikes = Pairs(
        ("a", "@4αаɑᴀꭺ"), ("e", "3εеєᴇꭼ"), ("k", "κкқҝᴋꮶ"), ("m", "μмᴍꮇ"), ("r", "гᴦʀꭱ"), ("s", "5$ѕꜱꮪ"), ("t", "7+τтŧᴛꭲ"));

    public static bool IsIn(string name)
    {
        var folded = Fold(name);
        return folded.Contains(Plain, StringComparison.Ordinal)
            || folded.Replace("rn", "m", StringComparison.Ordinal).Contains(Plain, StringComparison.Ordinal);
    }

    /// <summary>The letters that a reader sees, in small ones; nothing else is left.</summary>
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var character in Decompose(name).ToLowerInvariant())
        {
            if (_lookAlikes.TryGetValue(character, out var letter))
            {
                _ = folded.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter)
            {
                _ = folded.Append(character);
            }
        }

        return folded.ToString();
    }

    private static string Decompose(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no decomposition.
            return name;
        }
    }

    private static Dictionary<char, string> Pairs(params ReadOnlySpan<(string Letter, string LookAlikes)> letters)
    {
        var pairs = new Dictionary<char, string>();
        foreach (var (letter, lookAlikes) in letters)
        {
            foreach (var character in lookAlikes)
            {
                pairs[character] = letter;
            }
        }

        return pairs;
    }
}
