using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Developer;

/// <summary>Deletes an application once its name was typed: the wrong one of several would be gone with all access it gave.</summary>
internal sealed class DeleteModel(ManagementClient management) : PageModel
{
    public Client Client { get; private set; } = null!;

    [BindProperty]
    public string? Name { get; set; }

    public async Task<IActionResult> OnGetAsync(string clientId, CancellationToken cancellationToken) =>
        await LoadAsync(clientId, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string clientId, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(clientId, cancellationToken))
        {
            return NotFound();
        }

        if (!string.Equals(Name?.Trim(), Client.Name, StringComparison.Ordinal))
        {
            ModelState.AddModelError(nameof(Name), "This is not its name");
            return Page();
        }

        if (await management.DeleteClientAsync(clientId, cancellationToken) is not null)
        {
            return NotFound();
        }

        TempData.Notify("Application deleted.");
        return LocalRedirect("/developer");
    }

    private async Task<bool> LoadAsync(string clientId, CancellationToken cancellationToken)
    {
        var answer = await management.GetClientAsync(clientId, cancellationToken);
        Client = answer.Value!;
        return answer.Value is not null;
    }
}
