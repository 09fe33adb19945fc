using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Taskmaster.AuthServer.ApiKeys;
using Taskmaster.AuthServer.Data;
using Taskmaster.AuthServer.Pages;
using Taskmaster.AuthServer.Sessions;
using Taskmaster.AuthServer.Users;

namespace Taskmaster.AuthServer.SignIn;

/// <summary>Changes the password of who is signed in, and with it ends every other session and every application's access.</summary>
internal sealed class PasswordModel(UserSessions sessions, SignInService signIn, UserAccess access, AuthDbContext database) : FormPage
{
    private const string Refused = "The password is wrong";

    public PasswordForm Form { get; private set; } = new();

    /// <summary>How many API keys the user has: they stay valid unless the user chooses to revoke them.</summary>
    public int ApiKeys { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await sessions.CurrentAsync(HttpContext, cancellationToken) is { } session
            ? await ShowAsync(session, cancellationToken)
            : SignIn();

    public async Task<IActionResult> OnPostAsync([FromForm] PasswordForm form, CancellationToken cancellationToken)
    {
        if (await sessions.CurrentAsync(HttpContext, cancellationToken) is not { } session)
        {
            return SignIn();
        }

        Form = form;
        if (!ModelState.IsValid)
        {
            return await ShowAsync(session, cancellationToken);
        }

        // As at a sign-in: wrong guesses are counted, and lock the account.
        if (await signIn.CheckAsync(session.User.Email, form.Current, cancellationToken) is not { } user)
        {
            ModelState.AddModelError(nameof(form.Current), Refused);
            return await ShowAsync(session, cancellationToken);
        }

        if (PasswordRules.Problem(user.Name, user.Email!, form.Password) is { } problem)
        {
            ModelState.AddModelError(nameof(form.Password), problem);
            return await ShowAsync(session, cancellationToken);
        }

        if (!await access.ChangePasswordAsync(user, form.Password, form.EndApiKeys, cancellationToken))
        {
            ModelState.AddModelError(nameof(form.Current), Refused);
            return await ShowAsync(session, cancellationToken);
        }

        await sessions.BeginAsync(HttpContext, user, cancellationToken);
        return Redirect("/account");
    }

    private async Task<PageResult> ShowAsync(UserSession session, CancellationToken cancellationToken)
    {
        ApiKeys = await database.ApiKeys.CountAsync(key => key.UserId == session.User.Id, cancellationToken);
        return Page();
    }

    private RedirectResult SignIn() => Redirect("/sign-in?returnUrl=%2Fpassword");
}
