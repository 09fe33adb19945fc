using Taskmaster.ServiceDefaults.Names;

namespace Taskmaster.Tests.ServiceDefaults;

/// <summary>What is a name, and what only looks like none.</summary>
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\v\f")]
    [InlineData("\u00A0\u2003\u3000\u2028\u2029")] // spaces and separators
    [InlineData("\u200B\u2060\uFEFF\u00AD")] // zero width, soft hyphen
    [InlineData("\u202E\u200F\u2066\u2069")] // direction of text
    [InlineData("\u3164")] // HANGUL FILLER, a letter that is blank
    [InlineData("\u115F\u1160\uFFA0")]
    [InlineData("\u2800")] // BRAILLE PATTERN BLANK, a symbol that is blank
    [InlineData("\uFE0F\u034F\u0301\u20DD")] // variation selector, joiner, and marks with nothing below them
    [InlineData("\U000E0041\U000E0100\U000E0FFF\u2065\uFFF0")] // tags, and what is reserved for their like
    public void A_text_that_shows_nothing_has_nothing_visible(string text) => Assert.False(VisibleText.IsIn(text));

    [Theory]
    [InlineData("a")]
    [InlineData(" \u200B.")]
    [InlineData("漢")]
    [InlineData("ﷺ")]
    [InlineData("\u093E")] // a vowel sign that takes a place of its own
    [InlineData("❤\uFE0F")]
    [InlineData("👩\u200D🚀")]
    [InlineData("\uE000")] // private use: a font's own symbol
    [InlineData("\U0001FBFF")] // not in every version of Unicode
    [InlineData("\uD800")] // half of a pair is drawn as U+FFFD
    public void A_character_with_a_shape_makes_a_text_visible(string text) => Assert.True(VisibleText.IsIn(text));
}
