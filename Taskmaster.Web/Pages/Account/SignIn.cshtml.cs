using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Taskmaster.Web.Pages.Account;

/// <summary>Starts a sign-in at AuthServer, which asks for the password itself.</summary>
internal sealed class SignInModel : PageModel
{
    public IActionResult OnGet(string? returnUrl)
    {
        var destination = Url.IsLocalUrl(returnUrl) ? returnUrl : "/";
        return User.Identity?.IsAuthenticated == true
            ? LocalRedirect(destination)
            : Challenge(new AuthenticationProperties { RedirectUri = destination }, OpenIdConnectDefaults.AuthenticationScheme);
    }
}
