using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Developer;

internal sealed class DeleteModel(ManagementClient management) : PageModel
{
    public Client Client { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string clientId, CancellationToken cancellationToken)
    {
        var answer = await management.GetClientAsync(clientId, cancellationToken);
        if (answer is not { Value: { } client })
        {
            return NotFound();
        }

        Client = client;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string clientId, CancellationToken cancellationToken)
    {
        if (await management.DeleteClientAsync(clientId, cancellationToken) is not null)
        {
            return NotFound();
        }

        TempData.Notify("Application deleted.");
        return LocalRedirect("/developer");
    }
}
