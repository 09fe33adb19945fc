using Microsoft.AspNetCore.Mvc;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.Pages;

internal sealed class SignOutModel : FormPage
{
    public async Task<IActionResult> OnPostAsync()
    {
        await UserSessions.EndAsync(HttpContext);
        return Redirect(ReturnUrls.LocalOr(ReturnUrl, "/"));
    }
}
