using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;

namespace Taskmaster.Web.Pages.Projects;

/// <summary>The fields a project is made and changed with.</summary>
internal abstract class ProjectFormModel : PageModel
{
    public const int NameMaxLength = 255;
    public const int DescriptionMaxLength = 500;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    // An empty field says "make it empty", which the service refuses; null would say "leave it". A browser ends the lines of
    // a text area by CR LF but counts them as one character each.
    protected ProjectFields Fields => new(Name ?? "", (Description ?? "").ReplaceLineEndings("\n"));
}
