using System.Globalization;
using System.Text.RegularExpressions;
using Taskmaster.Tests.Fixtures;

namespace Taskmaster.Tests.Web;

/// <summary>The colours of site.css: each is named once, with its light and its dark value, and each pair can be read.</summary>
public sealed partial class StylesheetTests
{
    /// <summary>WCAG 2.2, 1.4.3: text. 1.4.11: the edge of a field.</summary>
    private const double Text = 4.5, Edge = 3;

    private static readonly int[] Schemes = [0, 1];

    private static readonly string[] Backgrounds = ["page", "surface", "sunken"];

    private static readonly string[] Inks = ["text", "muted", "accent", "accent-strong", "danger"];

    private static readonly string[] Pressed = ["accent", "accent-strong", "danger", "danger-strong"];

    private static readonly string[] Messages = ["danger", "good", "warm", "cool"];

    private static readonly string Css = File.ReadAllText(Path.Combine(Repository.Root, "Taskmaster.Web", "wwwroot", "site.css"));

    private static readonly Dictionary<string, string[]> Colors = Color().Matches(Css)
        .ToDictionary(color => color.Groups[1].Value, color => new[] { color.Groups[2].Value, color.Groups[3].Value });

    [Fact]
    public void Every_pair_of_colours_that_is_used_has_the_contrast_of_WCAG_in_light_and_in_dark()
    {
        (string Ink, string Ground, double Least)[] pairs =
        [
            .. from ink in Inks
               from ground in Backgrounds
               select (ink, ground, Text),
            .. from message in Messages select (message, message + "-soft", Text),
            .. from message in Messages select ("text", message + "-soft", Text),
            .. from pressed in Pressed select ("on-accent", pressed, Text),
            .. from ground in Backgrounds select ("field-line", ground, Edge),
        ];

        Assert.All(pairs, pair => Assert.All(Schemes, scheme =>
        {
            var contrast = Contrast(Colors[pair.Ink][scheme], Colors[pair.Ground][scheme]);
            Assert.True(contrast >= pair.Least, $"{pair.Ink} on {pair.Ground}, {(scheme == 0 ? "light" : "dark")}: {contrast:0.00} : 1.");
        }));
    }

    [Fact]
    public void No_rule_has_a_colour_of_its_own()
    {
        var rules = Css[Css.IndexOf("*, *::before", StringComparison.Ordinal)..];

        Assert.NotEmpty(Colors);
        Assert.DoesNotMatch(@":[^;{}]*(#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)a?\()", rules);
    }

    [Fact]
    public void Every_property_that_is_used_is_there()
    {
        var declared = Declared().Matches(Css).Select(property => property.Groups[1].Value).ToHashSet();
        var used = Used().Matches(Css).Select(property => property.Groups[1].Value).ToHashSet();

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(declared));
    }

    private static double Contrast(string one, string other)
    {
        var (darker, lighter) = (Math.Min(Luminance(one), Luminance(other)), Math.Max(Luminance(one), Luminance(other)));
        return (lighter + 0.05) / (darker + 0.05);
    }

    /// <summary>Relative luminance, as WCAG 2.2 defines it.</summary>
    private static double Luminance(string color)
    {
        var channels = Enumerable.Range(0, 3)
            .Select(index => int.Parse(color.AsSpan(1 + (2 * index), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex(@"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")]
    private static partial Regex Color();

    [GeneratedRegex(@"^\s*--([\w-]+):", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"var\(--([\w-]+)")]
    private static partial Regex Used();
}
