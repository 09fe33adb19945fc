using Microsoft.AspNetCore.Mvc;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Sessions;

namespace Taskmaster.AuthServer.SignIn;

internal sealed class SignOutModel(UserSessions sessions) : FormPage
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await sessions.EndAsync(HttpContext, cancellationToken);
        return Redirect(ReturnUrls.LocalOr(ReturnUrl, "/"));
    }
}
