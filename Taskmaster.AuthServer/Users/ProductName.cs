using System.Text;

namespace Taskmaster.AuthServer.Users;

/// <summary>
/// Whether a name reads as Taskmaster's own, which no user's may: with accents, letters of other alphabets, digits for
/// letters or invisible characters, too. It cannot know every font, so no page relies on it to say what is Taskmaster's.
/// </summary>
internal static class ProductName
{
    public const string Plain = "taskmaster";

    private const int Alphabet = 26;

    // What reads as a letter of the name, in small letters. Written out: Unicode's decomposition is not there on a machine
    // without ICU, and knows no look-alikes.
    private static readonly Dictionary<int, char> LookAlikes = Pairs(
        ('a',
            "@4\u00e0\u00e1\u00e2\u00e3\u00e4\u00e5\u0101\u0103\u0105\u01ce\u0201\u0203\u0227\u0251\u03b1"
            + "\u03ac\u0430\u1d00\u1e01\u1ea1\u1ea3\u1ea5\u1ea7\u1ea9\u1eab\u1ead\u1eaf\u1eb1\u1eb3\u1eb5\u1eb7"
            + "\u2c65\uab7a"),
        ('e',
            "3\u00e8\u00e9\u00ea\u00eb\u0113\u0115\u0117\u0119\u011b\u0205\u0207\u0229\u0247\u03b5\u03ad"
            + "\u0435\u0450\u0451\u1d07\u1e15\u1e17\u1e19\u1e1b\u1e1d\u1eb9\u1ebb\u1ebd\u1ebf\u1ec1\u1ec3\u1ec5"
            + "\u1ec7\uab7c"),
        ('k', "\u0137\u0199\u01e9\u03ba\u043a\u045c\u049b\u049d\u1d0b\u1e31\u1e33\u1e35\u2c6a\uabb6"),
        ('m', "\u00b5\u0271\u03bc\u043c\u1d0d\u1e3f\u1e41\u1e43\uab87"),
        ('r', "\u0155\u0157\u0159\u0211\u0213\u024d\u0280\u0433\u1d26\u1e59\u1e5b\u1e5d\u1e5f\uab71"),
        ('s', "5$\u015b\u015d\u015f\u0161\u017f\u0219\u0282\u0455\u1e61\u1e63\u1e65\u1e67\u1e69\ua731\uabaa"),
        ('t',
            "7+\u0163\u0165\u0167\u01ad\u021b\u0288\u03c4\u0442\u1d1b\u1e6b\u1e6d\u1e6f\u1e71\u1e97\u2c66"
            + "\uab72"));

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
        foreach (var character in name.EnumerateRunes())
        {
            var small = Rune.ToLowerInvariant(character);
            if (LookAlikes.TryGetValue(small.Value, out var letter))
            {
                _ = folded.Append(letter);
            }
            else if (StyledLetter(small.Value) is { } plain)
            {
                _ = folded.Append(plain);
            }
            else if (Rune.IsLetter(small))
            {
                _ = folded.Append(small);
            }
        }

        return folded.ToString();
    }

    /// <summary>The letter of a block that holds the Latin alphabet in another style: bold, wide, in a circle or a square.</summary>
    private static char? StyledLetter(int character) => character switch
    {
        >= 0x1D400 and <= 0x1D6A3 => Letter(character - 0x1D400),
        >= 0xFF41 and <= 0xFF5A => Letter(character - 0xFF41),
        >= 0x24D0 and <= 0x24E9 => Letter(character - 0x24D0),
        >= 0x249C and <= 0x24B5 => Letter(character - 0x249C),
        >= 0x1F110 and <= 0x1F129 => Letter(character - 0x1F110),
        >= 0x1F130 and <= 0x1F149 => Letter(character - 0x1F130),
        >= 0x1F150 and <= 0x1F169 => Letter(character - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => Letter(character - 0x1F170),
        >= 0x1F1E6 and <= 0x1F1FF => Letter(character - 0x1F1E6),
        _ => null,
    };

    private static char Letter(int index) => (char)('a' + (index % Alphabet));

    private static Dictionary<int, char> Pairs(params ReadOnlySpan<(char Letter, string LookAlikes)> letters)
    {
        var pairs = new Dictionary<int, char>();
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
