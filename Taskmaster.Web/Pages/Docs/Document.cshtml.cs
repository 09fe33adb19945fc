using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Taskmaster.Web.Pages.Docs;

/// <summary>One of <see cref="PublicDocs"/>, each of which has a route of its own.</summary>
internal sealed class DocumentModel(PublicDocs documents) : PageModel
{
    public RenderedDocument Shown { get; private set; } = null!;

    public IActionResult OnGet()
    {
        if (documents.Find(Request.Path.Value!.TrimEnd('/')) is not { } document)
        {
            return NotFound();
        }

        Shown = document;
        return Page();
    }
}
