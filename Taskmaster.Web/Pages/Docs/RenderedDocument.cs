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
/// <param name="Title">Its first heading.</param>
/// <param name="Description">The beginning of its text.</param>
/// <param name="Html">What a browser shows.</param>
/// <param name="Markdown">What a program reads.</param>
/// <param name="Sections">What is searched.</param>
internal sealed record RenderedDocument(
    string Title, string Description, string Html, string Markdown, IReadOnlyList<DocSection> Sections)
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
        var text = markdown.Replace(DocumentedOrigin, origin.Value, StringComparison.Ordinal);
        var document = Markdig.Markdown.Parse(text, Pipeline);
        var sections = PlainText.SectionsOf(document);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            Lead(link);
        }

        foreach (var cell in document.Descendants<TableRow>().Where(row => row.IsHeader).SelectMany(row => row))
        {
            cell.GetAttributes().AddProperty("scope", "col");
        }

        CodeTabs.Gather(document);
        return new(
            sections[0].Heading,
            Shortened(PlainText.Of(document.Descendants<ParagraphBlock>().First())),
            Write(document),
            text,
            sections);
    }

    private static string Write(MarkdownDocument document)
    {
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new CopiedCodeRenderer());
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new AnchoredHeadingRenderer());
        renderer.ObjectRenderers.Add(new CodeTabsRenderer());
        renderer.Render(document);
        return html.ToString();
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

    /// <summary>Whole sentences, as many as fit.</summary>
    private static string Shortened(string text) =>
        text.Length <= DescriptionMaxLength ? text
        : text.LastIndexOf(". ", DescriptionMaxLength, StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)]
        : text[..text.LastIndexOf(' ', DescriptionMaxLength)] + " …";
}
