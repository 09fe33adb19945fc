using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>Of radio buttons the checked one shows its program (site.css), without script and by keyboard.</summary>
internal sealed class CodeTabsRenderer : HtmlObjectRenderer<CodeTabs>
{
    private int _written;

    protected override void Write(HtmlRenderer renderer, CodeTabs tabs)
    {
        var name = $"language-{++_written}";
        renderer.EnsureLine();
        renderer.WriteLine("""<div class="tabs" role="radiogroup" aria-label="Language">""");
        var isFirst = true;
        foreach (var block in tabs.Cast<FencedCodeBlock>())
        {
            var (language, id) = (block.Info!, $"{name}-{block.Info}");
            renderer.Write($"""<input type="radio" name="{name}" id="{id}" value="{language}" autocomplete="off" """);
            renderer.WriteLine($"""{(isFirst ? "checked" : "")}><label for="{id}">{CodeTabs.Languages[language]}</label>""");
            isFirst = false;
        }

        renderer.WriteChildren(tabs);
        renderer.WriteLine("</div>");
    }
}
