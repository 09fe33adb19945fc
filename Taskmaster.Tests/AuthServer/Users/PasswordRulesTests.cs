using Taskmaster.AuthServer.Users;

namespace Taskmaster.Tests.AuthServer.Users;

/// <summary>OWASP ASVS 5.0 V6.2.4 and V6.2.11.</summary>
public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("PASSWORD")]
    [InlineData("password1")]
    [InlineData("Password2026!")]
    [InlineData("p@ssw0rd")]
    [InlineData("!Passw0rd1")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop")]
    [InlineData("iloveyou")]
    [InlineData("trustno1")]
    [InlineData("12345678")]
    [InlineData("20260115")]
    [InlineData("2026-01-15")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("abcabcabcabc")]
    [InlineData("abcdefghij")]
    [InlineData("zyxwvutsrq")]
    [InlineData("alice@example.com")]
    [InlineData("alice.miller")]
    [InlineData("MillerAlice1")]
    [InlineData("a.miller-99")]
    [InlineData("Taskmaster1")]
    [InlineData("taskmaster2026")]
    [InlineData("T4skm4ster!")]
    [InlineData("taskmaster-alice")]
    public void What_many_have_or_who_knows_the_user_would_try_is_refused(string password) =>
        Assert.NotNull(PasswordRules.Problem("Alice Miller", "a.miller@example.com", password));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("sunshine-morning")]
    [InlineData("Quite-Long-Word-9")]
    [InlineData("another long password")]
    [InlineData("Try-Taskmaster-1")]
    [InlineData("f7Kd0s8v")]
    [InlineData("ein ganz langer Satz")]
    [InlineData("\u6b63\u78ba\u306a\u99ac\u306e\u96fb\u6c60\u30db\u30c1\u30ad\u30b9")]
    public void Other_passwords_are_the_users_own_choice(string password) =>
        Assert.Null(PasswordRules.Problem("Alice Miller", "a.miller@example.com", password));

    /// <summary>V6.2.4 asks for the 3,000 most common ones that the length rule lets through.</summary>
    [Fact]
    public void The_list_of_common_passwords_is_there() => Assert.True(CommonPasswords.Count >= 30_000, $"Only {CommonPasswords.Count}.");
}
