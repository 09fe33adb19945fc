using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Taskmaster.Web.Api;
using Taskmaster.Web.Pages.Shared;

namespace Taskmaster.Web.Pages.Account;

internal sealed class IndexModel(ManagementClient management) : PageModel
{
    public IReadOnlyList<Grant> Grants { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Grants = await management.ListGrantsAsync(cancellationToken);

    public async Task<IActionResult> OnPostDisconnectAsync(string clientId, CancellationToken cancellationToken)
    {
        if (await management.EndGrantAsync(clientId, cancellationToken) is not null)
        {
            return NotFound();
        }

        TempData.Notify("Application disconnected. Its access has ended.");
        return LocalRedirect("/account");
    }

    /// <summary>Ends the session here and, by OpenID Connect RP-Initiated Logout 1.0, at AuthServer.</summary>
    public IActionResult OnPostSignOut() => SignOut(
        new AuthenticationProperties { RedirectUri = "/" },
        CookieAuthenticationDefaults.AuthenticationScheme,
        OpenIdConnectDefaults.AuthenticationScheme);
}
