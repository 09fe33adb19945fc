using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>One of <see cref="PublicDocs"/>, each of which has a route of its own.</summary>
internal sealed class DocumentModel(PublicDocs documents) : PageModel
{
    public RenderedDocument Shown { get; private set; } = null!;

    /// <summary>What the list of documents shows of the one that is open.</summary>
    public IReadOnlyList<DocSection> Headings => [.. Shown.Sections.Where(section => section.Level == 2)];

    public (PublicDoc? Previous, PublicDoc? Next) Around => PublicDocs.Around(Address);

    public string MarkdownAddress => Address + PublicDoc.MarkdownSuffix;

    private string Address => Request.Path.Value!.TrimEnd('/');

    public IActionResult OnGet()
    {
        if (documents.Find(Address) is not { } document)
        {
            return NotFound();
        }

        Shown = document;
        return Page();
    }
}
