using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;
using Taskmaster.Web.SignIn;

namespace Taskmaster.Web.Pages.Developer;

internal sealed class NewModel(ManagementClient management, ShownOnce shownOnce) : PageModel
{
    /// <summary>A page that leads here may suggest one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty]
    public string? RedirectUris { get; set; }

    [BindProperty]
    public string? PostLogoutRedirectUris { get; set; }

    [BindProperty]
    public bool IsPublic { get; set; }

    [BindProperty]
    public string? TasksAccess { get; set; } = Api.TasksAccess.ReadWrite;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var clientType = IsPublic ? ClientTypes.Public : ClientTypes.Confidential;
        var fields = new NewClient(Name, Lines.Read(RedirectUris), Lines.Read(PostLogoutRedirectUris), clientType, TasksAccess);
        var answer = await management.CreateClientAsync(fields, cancellationToken);
        if (answer is not { Value: { } client })
        {
            ModelState.Add(Lines.Locate(answer.Refusal!, "redirect_uris", RedirectUris));
            return Page();
        }

        if (client.ClientSecret is { } secret)
        {
            await shownOnce.KeepAsync(client.ClientId, secret);
        }

        TempData.Notify($"Application {client.Name} created.");
        return LocalRedirect($"/developer/{Uri.EscapeDataString(client.ClientId)}");
    }
}
