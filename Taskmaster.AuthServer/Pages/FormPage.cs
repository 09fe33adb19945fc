using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Taskmaster.AuthServer.Pages;

/// <summary>What the pages with a form share: where to go afterwards, and each field's error.</summary>
internal abstract class FormPage : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public string IsInvalid(string field) => ErrorOf(field) is null ? "false" : "true";

    public string? ErrorOf(string field) =>
        ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;
}
