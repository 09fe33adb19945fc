using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>A heading below the title is a link to itself, so that its address can be taken elsewhere.</summary>
internal sealed class AnchoredHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    protected override void Write(HtmlRenderer renderer, HeadingBlock heading)
    {
        var id = heading.TryGetAttributes()?.Id;
        renderer.EnsureLine();
        renderer.Write($"""<h{heading.Level} id="{id}">""");
        if (heading.Level == 1)
        {
            renderer.WriteLeafInline(heading);
        }
        else
        {
            renderer.Write($"""<a href="#{id}">""");
            renderer.WriteLeafInline(heading);
            renderer.Write("</a>");
        }

        renderer.WriteLine($"</h{heading.Level}>");
    }
}
