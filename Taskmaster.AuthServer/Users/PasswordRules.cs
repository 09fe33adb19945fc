using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Taskmaster.AuthServer.Users;

/// <summary>
/// Which new passwords are refused: those that many people have, and those that somebody who knows the user would try
/// (NIST SP 800-63B §3.1.1.2; OWASP ASVS 5.0 V6.2.4, V6.2.11). There are no rules about kinds of characters.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<User>
{
    private const string Common = "Many people have this password, or one like it. Choose another";
    private const string Pattern = "This password is a pattern that is quickly guessed. Choose another";
    private const string Personal = "The password must not be made of your name, your e-mail address or Taskmaster's name";

    // The longest ending, such as "123!", that is ignored because people append it to a word to satisfy password rules.
    private const int EndMaxLength = 4;

    private const int WordMinLength = 3;
    private const int OwnMinLength = 3;
    private const int UnitMaxLength = 4;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) => Task.FromResult(
        Problem(user.Name, user.Email!, password ?? string.Empty) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordGuessable", Description = problem })
            : IdentityResult.Success);

    /// <summary>Why the password is refused for a user with this name and e-mail address; null when it is accepted.</summary>
    public static string? Problem(string name, string email, string password)
    {
        var given = password.ToLowerInvariant();
        string[] readings = [given, WithoutEnds(given), Plain(given), Plain(WithoutEnds(given))];

        return readings.Any(IsPattern) ? Pattern
            : readings.Any(reading => CommonPasswords.Contain(reading) || CommonPasswords.Contain(Unit(reading))) ? Common
            : IsMadeOf(WordsOf(name, email), given) ? Personal
            : null;
    }

    /// <summary>Nothing but numbers and signs at the ends, one step repeated, or a few characters over and over.</summary>
    private static bool IsPattern(string reading)
    {
        if (reading.Length == 0 || (Unit(reading) is var unit && unit.Length < reading.Length && unit.Length <= UnitMaxLength))
        {
            return true;
        }

        var step = reading.Length > 1 ? reading[1] - reading[0] : 0;
        return step is -1 or 0 or 1
            && reading.Length > UnitMaxLength
            && Enumerable.Range(1, reading.Length - 1).All(index => reading[index] - reading[index - 1] == step);
    }

    /// <summary>The shortest part whose repetition gives the text; the whole text when nothing repeats.</summary>
    private static string Unit(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
            {
                return text[..length];
            }
        }

        return text;
    }

    private static string WithoutEnds(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && start < EndMaxLength && !char.IsLetter(text[start]))
        {
            start++;
        }

        while (end > start && text.Length - end < EndMaxLength && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Replaces digits and signs by the letters they commonly stand for.</summary>
    private static string Plain(string text) => string.Concat(text.Select(character => character switch
    {
        '4' or '@' => 'a',
        '3' => 'e',
        '1' or '!' => 'i',
        '0' => 'o',
        '5' or '$' => 's',
        '7' => 't',
        _ => character,
    }));

    private static IEnumerable<string> WordsOf(string name, string email) =>
        new[] { ProductName.Plain, name, email, email.Split('@')[0] }
            .Concat(name.Split(' '))
            .Concat(email.Split('@', '.', '-', '_', '+'))
            .Select(word => Squeezed(word.ToLowerInvariant()))
            .Where(word => word.Length >= WordMinLength)
            .Distinct()
            .OrderByDescending(word => word.Length);

    /// <summary>Whether the password consists of the words alone, or nearly so.</summary>
    private static bool IsMadeOf(IEnumerable<string> words, string password)
    {
        var (given, plain) = (Squeezed(password), Squeezed(Plain(password)));
        foreach (var word in words)
        {
            given = given.Replace(word, string.Empty, StringComparison.Ordinal);
            plain = plain.Replace(Plain(word), string.Empty, StringComparison.Ordinal);
        }

        // Numbers at the ends are read as letters in the plain one, and no rest of a name.
        return WithoutEnds(given).Length < OwnMinLength || plain.Length < OwnMinLength;
    }

    private static string Squeezed(string text)
    {
        var squeezed = new StringBuilder(text.Length);
        foreach (var character in text.Where(char.IsLetterOrDigit))
        {
            _ = squeezed.Append(character);
        }

        return squeezed.ToString();
    }
}
