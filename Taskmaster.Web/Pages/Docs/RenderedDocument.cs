using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Taskmaster.ServiceDefaults.Hosting;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>
/// A document of the repository as the site shows it: with the site's own address in its examples, and links that lead somewhere here.
/// </summary>
internal sealed record RenderedDocument(string Title, string Description, string Html)
{
    /// <summary>As the documents have it.</summary>
    private const string DocumentedOrigin = "http://localhost:5080";

    private const int DescriptionMaxLength = 160;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    public static RenderedDocument Of(string markdown, PublicOrigin origin)
    {
        var document = Markdown.Parse(markdown.Replace(DocumentedOrigin, origin.Value, StringComparison.Ordinal), Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Lead(link);
        }

        foreach (var cell in document.Descendants<TableRow>().Where(row => row.IsHeader).SelectMany(row => row))
        {
            cell.GetAttributes().AddProperty("scope", "col");
        }

        // What is wider than the screen is scrolled, by keyboard, too.
        foreach (var code in document.Descendants<CodeBlock>())
        {
            code.GetAttributes().AddProperty("tabindex", "0");
        }

        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        renderer.Render(document);
        return new(
            TextOf(document.Descendants<HeadingBlock>().First()),
            Shortened(TextOf(document.Descendants<ParagraphBlock>().First())),
            html.ToString());
    }

    /// <summary>To the site's page of another document; what the site does not show stays as text.</summary>
    private static void Lead(LinkInline link)
    {
        var (file, fragment) = link.Url!.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at
            ? (link.Url[..at], link.Url[at..])
            : (link.Url, "");
        if (file.Length == 0 || Uri.TryCreate(file, UriKind.Absolute, out _))
        {
            return;
        }

        if (file == "openapi.yaml")
        {
            link.Url = "/api/openapi.yaml";
        }
        else if (PublicDocs.Addresses.TryGetValue(file, out var address))
        {
            link.Url = address + fragment;
        }
        else
        {
            link.ReplaceBy(new ContainerInline(), copyChildren: true);
        }
    }

    private static string TextOf(LeafBlock block) => string.Concat(block.Inline!.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => "",
    }));

    /// <summary>Whole sentences, as many as fit.</summary>
    private static string Shortened(string text) =>
        text.Length <= DescriptionMaxLength ? text
        : text.LastIndexOf(". ", DescriptionMaxLength, StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)]
        : text[..text.LastIndexOf(' ', DescriptionMaxLength)] + " …";
}
