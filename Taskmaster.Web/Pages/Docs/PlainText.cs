using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>What a document says, without its marks.</summary>
internal static class PlainText
{
    public static string Of(LeafBlock block) => block.Inline is { } inlines
        ? string.Concat(inlines.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            _ => "",
        }))
        : block.Lines.ToString();

    /// <summary>The document by its headings, each once.</summary>
    public static IReadOnlyList<DocSection> SectionsOf(MarkdownDocument document)
    {
        var sections = new List<DocSection>();
        foreach (var block in document.Descendants<LeafBlock>())
        {
            if (block is HeadingBlock heading)
            {
                sections.Add(new(heading.Level == 1 ? "" : IdOf(heading), heading.Level, Of(heading), ""));
            }
            else if (sections.Count > 0)
            {
                sections[^1] = sections[^1] with { Text = $"{sections[^1].Text} {Of(block)}".TrimStart() };
            }
        }

        return sections;
    }

    private static string IdOf(HeadingBlock heading) => Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(heading).Id ?? "";
}
