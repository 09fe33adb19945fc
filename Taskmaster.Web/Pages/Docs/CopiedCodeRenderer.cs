using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>Code with a button that copies it, which site.js shows. What is wider than the screen is scrolled, by keyboard, too.</summary>
internal sealed class CopiedCodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    private int _written;

    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        var id = $"code-{++_written}";
        renderer.EnsureLine();
        renderer.Write($"""<div class="code-block"><pre id="{id}" tabindex="0"><code>""");
        renderer.WriteLeafRawLines(block, writeEndOfLines: true, escape: true);
        renderer.Write("</code></pre>");
        renderer.Write($"""<button class="button secondary small" type="button" data-copy="{id}" hidden>Copy</button>""");
        renderer.WriteLine("</div>");
    }
}
