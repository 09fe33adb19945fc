using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Taskmaster.Web.Pages.Docs;

internal sealed class SearchModel(DocSearch search) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Query { get; set; }

    public bool IsTooLong => Query?.Length > DocSearch.QueryMaxLength;

    public IReadOnlyList<DocHit> Hits { get; private set; } = [];

    public void OnGet()
    {
        if (IsTooLong)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Hits = search.Find(Query ?? "");
    }
}
